import { z } from "zod";

/** Why a broker takes no writes, in the words of Hotfire's launcher (WriteAvailability.Reason). `catching-up`: it leads, and has not committed its log yet; `too-few-replicas`: fewer are in sync than it waits for. */
export const writeRefusals = [
  "candidate",
  "follower",
  "catching-up",
  "slave",
  "disk-full",
  "read-only",
  "fenced",
  "too-few-replicas",
  "out-of-memory",
] as const;
export type WriteRefusal = (typeof writeRefusals)[number];

/** What Hotfire's launcher adds to a broker's account of itself (docker/launcher, BrokerCondition.java). */
export interface BrokerCondition {
  /** Undefined while it takes writes. */
  readonly whyNoWrites: WriteRefusal | undefined;
  /** When it ceased to take writes, in milliseconds since 1970; undefined while it takes them, and in a process that never did. */
  readonly writesCeasedAt: number | undefined;
  /** Bytes outside the heap, of the fuller of Java's and Netty's buffers, and what each of them may take. */
  readonly direct: { readonly usedBytes: number; readonly limitBytes: number };
  /** What makes it sick, such as that it runs out of memory, in a line. */
  readonly problem: string | undefined;
}

const bytes = z.coerce.number().int().nonnegative();
const said = z.object({
  hotfireWrites: z.enum(["yes", ...writeRefusals]),
  hotfireWritesCeasedAt: z.coerce.number().int().nonnegative(),
  hotfireDirectUsed: bytes,
  hotfireDirectLimit: bytes,
  hotfireProblem: z.string().optional(),
});

/** Undefined for a broker without Hotfire's launcher, or with that of another version. */
export function brokerCondition(table: ReadonlyMap<string, string>): BrokerCondition | undefined {
  const read = said.safeParse(Object.fromEntries(table));
  if (!read.success) return undefined;
  const { hotfireWrites: writes, hotfireWritesCeasedAt: ceasedAt, hotfireProblem: problem } = read.data;
  return {
    whyNoWrites: writes === "yes" ? undefined : writes,
    writesCeasedAt: ceasedAt === 0 ? undefined : ceasedAt,
    direct: { usedBytes: read.data.hotfireDirectUsed, limitBytes: read.data.hotfireDirectLimit },
    problem,
  };
}
