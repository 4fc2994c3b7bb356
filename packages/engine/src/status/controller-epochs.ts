/** The counters of one broker group, as one controller or broker says. */
export interface Epochs {
  readonly masterEpoch: number;
  readonly setEpoch: number;
}

/** What is known of a group's epochs at one moment. */
export interface EpochView {
  readonly group: string;
  /** Controller -> what it counts, or why it does not say. */
  readonly controllers: ReadonlyMap<string, Epochs | { readonly problem: string }>;
  /** Of those, the one that leads; undefined when none does. */
  readonly leader: string | undefined;
  /** Broker -> the newest epoch in its log. */
  readonly brokers: ReadonlyMap<string, number>;
}

export interface EpochJudgement {
  readonly result: "agree" | "disagree" | "unknown";
  /** What each says, and what is wrong with the way out. */
  readonly lines: readonly string[];
  /** One sentence for each thing that is wrong. */
  readonly problems: readonly string[];
}

/**
 * Controllers keep no epochs: each counts events of its log (SyncStateInfo.updateMasterInfo and updateSyncStateSetInfo,
 * incrementAndGet). One that applied events twice is ahead of the others, and brokers that follow it ignore every later master
 * of the others. One that is behind has not been given all events yet.
 */
export function judgeEpochs(view: EpochView): EpochJudgement {
  const said = [...view.controllers].flatMap(([name, epochs]) =>
    "problem" in epochs ? [] : [{ name, ...epochs }],
  );
  const silent = [...view.controllers].flatMap(([name, epochs]) =>
    "problem" in epochs ? [`${name} does not say: ${epochs.problem}`] : [],
  );
  const lines = [
    ...said.map(
      ({ name, masterEpoch, setEpoch }) =>
        `${name}${name === view.leader ? " (leader)" : ""}: masterEpoch ${masterEpoch}, syncStateSetEpoch ${setEpoch}`,
    ),
    ...silent,
    ...[...view.brokers].map(([name, epoch]) => `${name}: epoch ${epoch} in its log`),
  ];
  const problems = [...controllersApart(view, said), ...brokersAhead(view, said)];
  const result =
    problems.length > 0 ? "disagree" : silent.length > 0 || said.length === 0 ? "unknown" : "agree";
  return { result, lines: [...lines, ...problems], problems };
}

type Said = Epochs & { readonly name: string };

function controllersApart(view: EpochView, said: readonly Said[]): string[] {
  const kinds = Map.groupBy(said, ({ masterEpoch, setEpoch }) => `${masterEpoch}/${setEpoch}`);
  if (kinds.size < 2) return [];
  // Counted twice is more, and never less.
  const least = said.reduce((one, other) => (isAbove(one, other) ? other : one));
  const above = said.filter((one) => isAbove(one, least));
  const names = above
    .map(({ name, masterEpoch, setEpoch }) => `${name} (${masterEpoch}, ${setEpoch})`)
    .join(", ");
  const below = said.filter((one) => !above.includes(one)).map(({ name }) => name);
  const leads = above.some(({ name }) => name === view.leader);
  // As many as not may be right, and the others behind: an event is on a majority before it counts.
  if (above.length > said.length / 2)
    return [
      `${below.join(", ")} of the controllers ${below.length === 1 ? "is" : "are"} behind on ${view.group} (${least.masterEpoch}, ${least.setEpoch}), others say ${names}: it has not been given every event. Look at its connection and disk.`,
    ];
  return [
    `the controllers' epochs of ${view.group} have run apart: ${names} above ${below.join(", ")} (${least.masterEpoch}, ${least.setEpoch}). ${above.map(({ name }) => name).join(" and ")} counted events more than once${leads ? " and leads: brokers take its numbers over" : ""}. A controller counts anew from its log when it starts: hotfire node restart ${above[0]?.name}.`,
  ];
}

function isAbove(one: Epochs, other: Epochs): boolean {
  return one.masterEpoch > other.masterEpoch || one.setEpoch > other.setEpoch;
}

function brokersAhead(view: EpochView, said: readonly Said[]): string[] {
  if (said.length === 0) return [];
  const most = Math.max(...said.map(({ masterEpoch }) => masterEpoch));
  return [...view.brokers].flatMap(([name, epoch]) =>
    epoch <= most
      ? []
      : [
          `${name} is at epoch ${epoch}, above every controller's (${most}): it ignores each new master of ${view.group} up to that epoch. Its epoch is kept on its disk; take the group's messages to another group and drain this one.`,
        ],
  );
}
