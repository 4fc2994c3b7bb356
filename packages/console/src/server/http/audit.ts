import { isSecretKey } from "@hotfire/config";

/** One line of the audit log: who did what, and whether it worked. */
export interface AuditEntry {
  readonly event: string;
  readonly user: string | null;
  readonly address: string;
  readonly ok: boolean;
  readonly [detail: string]: unknown;
}

export interface Audit {
  write(entry: AuditEntry): void;
}

/** JSON lines. */
export function auditTo(output: { write(line: string): unknown }): Audit {
  return {
    write: (entry) =>
      output.write(`${JSON.stringify({ time: new Date().toISOString(), audit: true, ...entry })}\n`),
  };
}

const longest = 200;

/** A request's body as the log may have it: no password, no message, nothing long. */
export function auditable(value: unknown, key = ""): unknown {
  if (isSecretKey(key)) return "••••••";
  if (key === "body" && typeof value === "string") return `${value.length} characters`;
  if (typeof value === "string") return value.length > longest ? `${value.slice(0, longest)}…` : value;
  if (Array.isArray(value)) return value.slice(0, longest).map((item) => auditable(item));
  if (value !== null && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, auditable(inner, name)]));
  }
  return value;
}
