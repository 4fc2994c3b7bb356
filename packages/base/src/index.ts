export { errorClass } from "./errors/error-class.ts";
export type { Blame, ErrorDetails, ErrorTable } from "./errors/hotfire-error.ts";
export { messageOf, systemCodeOf } from "./errors/message-of.ts";
export { random } from "./random/random.ts";
export { isIpv4, isIpv6, isLoopback, isWildcard } from "./text/addresses.ts";
export { formatBytes, formatCount, formatDuration, formatShare, list, plural } from "./text/figures.ts";
export { nearest } from "./text/nearest.ts";
export { formatSize, parseSize, sizePattern } from "./text/size.ts";
