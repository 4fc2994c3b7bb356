const kib = 1024;

/** Microseconds as `8.31 s`, `640 ms`, `1.2 ms`, `2 min 5 s`: three digits are all that a measurement here is good for. */
export function formatDuration(value: number): string {
  const ms = value / 1000;
  if (ms < 10) return `${trim(ms.toFixed(1))} ms`;
  if (Math.round(ms) < 1000) return `${Math.round(ms)} ms`;
  const seconds = ms / 1000;
  if (seconds < 10) return `${trim(seconds.toFixed(2))} s`;
  if (Math.round(seconds) < 60) return `${trim(seconds.toFixed(1))} s`;
  const whole = Math.round(seconds);
  const rest = whole % 60;
  return `${Math.floor(whole / 60)} min${rest === 0 ? "" : ` ${rest} s`}`;
}

/** `12,345`. */
export function formatCount(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+(?!\d))/g, ",");
}

/** `99.53 %`; never rounded up to 100 when something was missing. */
export function formatShare(value: number): string {
  if (value === 1) return "100 %";
  return `${trim((Math.floor(value * 10_000) / 100).toFixed(2))} %`;
}

/** `512 B`, `317 MiB`, `1.0 GiB`. */
export function formatBytes(bytes: number): string {
  if (bytes < kib) return `${bytes} B`;
  if (bytes < kib ** 2) return `${Math.round(bytes / kib)} KiB`;
  if (bytes < kib ** 3) return `${Math.round(bytes / kib ** 2)} MiB`;
  return `${(bytes / kib ** 3).toFixed(1)} GiB`;
}

/** `1 message`, `2 messages`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** `a`, `a and b`, `a, b and c`. */
export function list(items: readonly string[]): string {
  const last = items.at(-1) ?? "";
  return items.length < 2 ? last : `${items.slice(0, -1).join(", ")} and ${last}`;
}

function trim(text: string): string {
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}
