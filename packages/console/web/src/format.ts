/** 12,345 */
export function count(value: number): string {
  return value.toLocaleString("en-US");
}

/** A rate a second: 0, 0.4, 12.3, 1,234. */
export function rate(value: number): string {
  if (value === 0) return "0";
  return value < 100 ? value.toFixed(1) : count(Math.round(value));
}

/** 512 B, 1.4 KiB, 23 MiB */
export function bytes(value: number): string {
  const units = ["B", "KiB", "MiB", "GiB", "TiB"];
  let size = value;
  let unit = 0;
  while (size >= 1024 && unit < units.length - 1) {
    size /= 1024;
    unit += 1;
  }
  return `${unit === 0 || size >= 100 ? Math.round(size) : size.toFixed(1)} ${units[unit]}`;
}

/** 0.3 s, 12 s, 4 min, 3 h, 2 d */
export function duration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 10_000) return `${(ms / 1000).toFixed(1)} s`;
  if (ms < 120_000) return `${Math.round(ms / 1000)} s`;
  if (ms < 7_200_000) return `${Math.round(ms / 60_000)} min`;
  return ms < 172_800_000 ? `${Math.round(ms / 3_600_000)} h` : `${Math.round(ms / 86_400_000)} d`;
}

/** 0.5 – 1.2 s; with nothing at least: ≤ 0.5 s */
export function interval(minMs: number, maxMs: number): string {
  return minMs <= 0 ? `≤ ${duration(maxMs)}` : `${duration(minMs)} – ${duration(maxMs)}`;
}

/** 14:03:27.123 */
export function clock(at: number, withMillis = false): string {
  const date = new Date(at);
  const two = (value: number) => String(value).padStart(2, "0");
  const time = `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
  return withMillis ? `${time}.${String(date.getMilliseconds()).padStart(3, "0")}` : time;
}

/** 2026-11-25 14:03:27 */
export function dateTime(at: number, withMillis = false): string {
  const date = new Date(at);
  const two = (value: number) => String(value).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${clock(at, withMillis)}`;
}

/** What a `datetime-local` field takes. */
export function fieldTime(at: number): string {
  return dateTime(at).replace(" ", "T");
}

export function percent(share: number): string {
  return `${(share * 100).toFixed(share < 0.1 ? 1 : 0)} %`;
}
