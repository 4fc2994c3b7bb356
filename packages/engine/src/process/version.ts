/** Compares the leading numbers of two versions: `2.26.1-4` is at least `2.23`. */
export function isAtLeast(version: string, oldest: string): boolean {
  const found = numbers(version);
  const wanted = numbers(oldest);
  for (const [index, want] of wanted.entries()) {
    const have = found[index] ?? 0;
    if (have !== want) return have > want;
  }
  return true;
}

function numbers(version: string): number[] {
  const match = /\d+(?:\.\d+)*/.exec(version);
  return match === null ? [] : match[0].split(".").map(Number);
}
