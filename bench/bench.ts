/** One thing that is measured; rows go to the terminal, values to the stored result. */
export interface Bench {
  readonly name: string;
  readonly about: string;
  run(say: (line: string) => void): Promise<unknown>;
}
