/** The message of whatever was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The system's code (`ECONNREFUSED`) of an error or of what caused it. */
export function systemCodeOf(error: unknown): string | undefined {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth++) {
    if ("syscall" in at && "code" in at && typeof at.code === "string") return at.code;
  }
  return undefined;
}
