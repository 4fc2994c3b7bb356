const units: Readonly<Record<string, number>> = { k: 1024, m: 1024 ** 2, g: 1024 ** 3 };

/** Heap and direct memory from a JVM's command line; the last option of a kind wins, as in the JVM. */
export function parseJvmMemory(commandLine: string): {
  heapBytes: number | undefined;
  directBytes: number | undefined;
} {
  return {
    heapBytes: lastSize(commandLine, /(?:^|\s)-Xmx(\d+)([kmgKMG]?)(?=\s|$)/g),
    directBytes: lastSize(commandLine, /-XX:MaxDirectMemorySize=(\d+)([kmgKMG]?)(?=\s|$)/g),
  };
}

function lastSize(text: string, pattern: RegExp): number | undefined {
  const match = [...text.matchAll(pattern)].at(-1);
  if (match?.[1] === undefined) return undefined;
  return Number(match[1]) * (units[match[2]?.toLowerCase() ?? ""] ?? 1);
}
