/** Options of a run that decide what happens in it. */
export interface RunChoices {
  readonly on?: string | undefined;
  readonly failover?: string | undefined;
  readonly seed: number;
  readonly limit?: readonly string[] | undefined;
  readonly rate?: number | undefined;
  readonly size?: number | undefined;
  readonly client?: string | undefined;
  readonly clientSettings?: string | undefined;
  readonly workload?: readonly string[] | undefined;
}

/** The command line that runs it again: the same choices, and the seed even when chance chose it. */
export function runCommand(words: readonly string[], choices: RunChoices): string {
  const { on, failover, seed, limit = [], rate, size, client, clientSettings, workload = [] } = choices;
  const options: (readonly [name: string, value: string | number | undefined])[] = [
    ["--on", on],
    ["--failover", failover],
    ["--seed", seed],
    ["--limit", limit.length === 0 ? undefined : limit.join(",")],
    ["--rate", rate],
    ["--size", size],
    ["--client", client],
    ["--client-settings", clientSettings],
    ["--workload", workload.length === 0 ? undefined : workload.join(",")],
  ];
  const given = options.flatMap(([name, value]) => (value === undefined ? [] : [name, String(value)]));
  return ["hotfire", ...words, ...given].map(quote).join(" ");
}

function quote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
