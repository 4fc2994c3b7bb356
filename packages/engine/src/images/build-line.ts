/** Steps of the Dockerfiles that take long, in words. The time is of a first `make cluster-dledger` on 2 cores, as issue 18 has it. */
const longSteps: readonly (readonly [RegExp, string])[] = [
  [
    /^RUN .*train\.sh/,
    "every role runs once, so that later starts load its classes from an archive (about 105 s on 2 cores)",
  ],
  [/^RUN .*fetch-jars\.sh/, "RocketMQ's jars are fetched"],
  [/^RUN .*make-jre\.sh/, "a Java runtime of what RocketMQ needs is made"],
  [/^RUN .*install-tools\.sh/, "the tools of the build are installed"],
];

/**
 * What a line of BuildKit's plain output says of the build: the beginning of a step (`#12 [jars 3/4] RUN …`), or how far a long one
 * is (`#23 14.2 train: dledger_0`). Undefined for all others.
 */
export function buildLine(image: string, line: string): string | undefined {
  const [, where, what] = /^#\d+ \[([^\]]+)\] (.*)$/.exec(line) ?? [];
  if (where !== undefined && what !== undefined) {
    if (where.startsWith("internal")) return undefined;
    const words = longSteps.find(([command]) => command.test(what))?.[1];
    return `${image}: ${words ?? `[${where}] ${what}`}`;
  }
  const [, trained] = /^#\d+ [\d.]+ train: ([\w-]+)$/.exec(line) ?? [];
  return trained === undefined ? undefined : `${image}: training, ${trained.replace(/_(\d+)$/, " $1")}`;
}
