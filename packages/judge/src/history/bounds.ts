/**
 * The largest values that a record may have. What lies beyond is no evidence but a broken file, and is refused when it is
 * read: no checker has to count to it.
 */
export const bounds = {
  /** A run of 31 days, in microseconds. */
  moment: 31 * 24 * 3600 * 1_000_000,
  /** Two thousand million messages. */
  sequence: 2 ** 31 - 2,
  offset: 2 ** 32 - 2,
  queue: 9999,
  crc: 2 ** 32 - 1,
  /** Groups, topics and queues of one history. */
  queues: 65_000,
  consumerGroups: 64,
} as const;
