/** A log line with its moment on the run's clock. */
export interface NodeLine {
  readonly at: number;
  readonly node: string;
  readonly text: string;
}

/** Kinds of lines that explain a drill, most telling first, and how many of one shape are kept from each node. */
const kinds: readonly { readonly pattern: RegExp; readonly perShape: number }[] = [
  // Who leads: DLedger's elector, the broker above it, the controllers and the brokers that follow their word.
  {
    pattern:
      /ChangeRoleTo|INCREASE_TERM|PARSE_VOTE_RESULT|broker role change|change to (?:master|slave)|[Ee]lect(?:ed|ion|Master| master| new)|new [Mm]aster|[Mm]aster ?[Ee]poch|SyncStateSet|role from|becomes? (?:leader|master)|BROKER_CLOSE/,
    perShape: 8,
  },
  // Who is known and connected: registration, HA links, channels of brokers, and the process's own life.
  {
    pattern:
      /new broker registered|unregisterBroker, remove from brokerLiveTable|channel destroyed|offline|inactive broker|HAClient|HAConnection|HAService|boot success|Try to shutdown|[Ss]hutdown hook|recover end|[Tt]runcate|disk (?:full|is full|maybe full)|space/,
    perShape: 6,
  },
  { pattern: /^(?:ERROR|FATAL)\b/, perShape: 2 },
];
/** Told regularly, or about nothing that happened. */
const routine =
  /Registering current broker to name server completed|service (?:start|end)|SIZE:|\[PAGECACHERT\]|STORETPS/;
const longestLine = 2000;

/** Picks the lines of all nodes that tell about roles, registration, replication and errors, and no more than `most`. */
export function tellingLines(lines: Iterable<NodeLine>, most: number): NodeLine[] {
  const picker = new LinePicker();
  for (const line of lines) picker.add(line);
  return picker.finish(most);
}

export class LinePicker {
  readonly #picked: NodeLine[][] = kinds.map(() => []);
  readonly #shapes = new Map<string, number>();

  add(line: NodeLine): void {
    // Lines that continue another one (stack traces) have no time of their own.
    const match = /^\d{4}-\d\d-\d\d[T ][\d:.,]+Z? +(.*)$/s.exec(line.text);
    const text = match?.[1];
    if (text === undefined || routine.test(text)) return;
    const rank = kinds.findIndex(({ pattern }) => pattern.test(text));
    const kind = kinds[rank];
    if (kind === undefined) return;
    const shape = `${line.node} ${text.replace(/[\da-f]{8,}|\d+/g, "N")}`;
    const count = (this.#shapes.get(shape) ?? 0) + 1;
    this.#shapes.set(shape, count);
    if (count > kind.perShape) return;
    this.#picked[rank]?.push({ ...line, text: text.slice(0, longestLine) });
  }

  /** By time; where there are too many, the less telling kinds go first. */
  finish(most: number): NodeLine[] {
    const kept: NodeLine[] = [];
    for (const lines of this.#picked) kept.push(...lines.slice(0, Math.max(0, most - kept.length)));
    return kept.sort((a, b) => a.at - b.at);
  }
}
