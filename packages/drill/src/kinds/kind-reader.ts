/** Reads one kind of messages, and does with them what an application does. */
export interface KindReader {
  start(): void;
  /** Whether nothing is left to read now. */
  isAtEnd(): Promise<boolean>;
  stop(): Promise<void>;
}
