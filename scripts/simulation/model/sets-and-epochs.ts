/**
 * Controller mode as a state machine: who is master, which set the controllers have committed, what the master waits for, and how a
 * slave's log is cut by epochs. Controllers are one, and never wrong; what is on its way to them and back is not. Brokers are numbers,
 * sets of them bit masks, a log is a string of one letter a message. RocketMQ 5.5.0: AutoSwitchHAService, EpochFileCache,
 * ReplicasInfoManager.
 */
export interface Mends {
  /** An epoch that begins where the one before began replaces it (C2). */
  readonly emptyEpochs: boolean;
  /** A set that is proposed adds to what is on its way (C4). */
  readonly proposedTogether: boolean;
}

interface Epoch {
  readonly epoch: number;
  readonly start: number;
}

interface Broker {
  readonly log: string;
  readonly epochs: readonly Epoch[];
  /** Whom it follows; itself, if it takes itself for the master. */
  readonly master: number;
  readonly epoch: number;
  /** Whether its handshake with the master is over. */
  readonly isConnected: boolean;
  /** Of a master: the committed set as it knows it, its number, and what is on its way. */
  readonly set: number;
  readonly setEpoch: number;
  readonly proposed: number;
}

interface Proposal {
  readonly epoch: number;
  readonly setEpoch: number;
  readonly set: number;
}

export interface State {
  readonly brokers: readonly Broker[];
  readonly controllers: {
    readonly master: number;
    readonly epoch: number;
    readonly set: number;
    readonly setEpoch: number;
  };
  readonly proposals: readonly Proposal[];
  /** By position in the log. */
  readonly acknowledged: string;
  readonly sent: number;
}

export interface Limits {
  readonly messages: number;
  readonly promotions: number;
  readonly proposals: number;
}

export interface Step {
  readonly what: string;
  readonly state: State;
}

const letters = "abcdefgh";
const bit = (broker: number): number => 1 << broker;
const members = (set: number): number[] => [0, 1, 2, 3].filter((broker) => set & bit(broker));
const named = (set: number): string => `{${members(set).join(",")}}`;

/** Broker 0 leads epoch 1 and has nothing, all others follow it; the controllers have committed a set. */
export function initial(brokers: number, set: number): State {
  const broker: Broker = {
    ...{ log: "", epochs: [{ epoch: 1, start: 0 }], master: 0, epoch: 1, isConnected: true },
    ...{ set, setEpoch: 1, proposed: 0 },
  };
  return {
    brokers: Array.from({ length: brokers }, () => broker),
    controllers: { master: 0, epoch: 1, set, setEpoch: 1 },
    proposals: [],
    acknowledged: "",
    sent: 0,
  };
}

/** What is broken in a state, or undefined: an acknowledged message is on every member of the committed set. */
export function broken(state: State): string | undefined {
  for (const member of members(state.controllers.set)) {
    const log = state.brokers[member]?.log ?? "";
    if (!log.startsWith(state.acknowledged)) {
      return `'${state.acknowledged}' is acknowledged, broker ${member} of ${named(state.controllers.set)} has '${log}'`;
    }
  }
  return undefined;
}

const withBroker = (state: State, id: number, change: Partial<Broker>): State => ({
  ...state,
  brokers: state.brokers.map((broker, index) => (index === id ? { ...broker, ...change } : broker)),
});

/** EpochFileCache.appendEntry, which refuses what does not begin behind the last one. */
function noted(epochs: readonly Epoch[], next: Epoch, end: number, mends: Mends): readonly Epoch[] {
  const before = mends.emptyEpochs
    ? epochs.filter((one) => one.epoch === next.epoch || one.start < end)
    : epochs;
  const last = before.at(-1);
  return last && (last.epoch >= next.epoch || last.start >= next.start) ? before : [...before, next];
}

/** EpochFileCache.findConsistentPoint: up to where two logs are the same, by their epochs; -1 if they have none in common. */
function consistentPoint(slave: Broker, master: Broker): number {
  const end = (of: Broker, index: number): number => of.epochs[index + 1]?.start ?? of.log.length;
  for (let index = slave.epochs.length - 1; index >= 0; index--) {
    const mine = slave.epochs[index];
    const other = master.epochs.findIndex((one) => one.epoch === mine?.epoch && one.start === mine.start);
    if (other !== -1) return Math.min(end(slave, index), end(master, other));
  }
  return -1;
}

/** Everything that may happen next. Who is frozen or cut off is one to whom nothing happens for a while. */
export function next(state: State, mends: Mends, limits: Limits): Step[] {
  const steps: Step[] = [promote, commit].flatMap((action) => action(state, limits));
  for (let id = 0; id < state.brokers.length; id++) {
    steps.push(...told(state, id, mends), ...send(state, id, limits), ...replicate(state, id, mends));
    steps.push(...propose(state, id, mends, limits), ...acknowledge(state, id));
  }
  return steps;
}

/** The controllers elect a member of the set. */
function promote(state: State, limits: Limits): Step[] {
  const { master, epoch, set, setEpoch } = state.controllers;
  if (epoch > limits.promotions) return [];
  return members(set & ~bit(master)).map((id) => ({
    what: `controllers: broker ${id} is master of epoch ${epoch + 1}`,
    state: { ...state, controllers: { master: id, epoch: epoch + 1, set: bit(id), setEpoch: setEpoch + 1 } },
  }));
}

/** The controllers take a proposal that knows their newest set, and drop the others. */
function commit(state: State): Step[] {
  return state.proposals.map((proposal, index) => {
    const { controllers } = state;
    const isNew = proposal.epoch === controllers.epoch && proposal.setEpoch === controllers.setEpoch;
    const rest = state.proposals.filter((_, other) => other !== index);
    return {
      what: `controllers: ${isNew ? "commit" : "refuse"} ${named(proposal.set)}`,
      state: {
        ...state,
        proposals: rest,
        controllers: isNew
          ? { ...controllers, set: proposal.set, setEpoch: controllers.setEpoch + 1 }
          : controllers,
      },
    };
  });
}

/** A broker hears what the controllers say now. */
function told(state: State, id: number, mends: Mends): Step[] {
  const broker = state.brokers[id];
  const { master, epoch, set, setEpoch } = state.controllers;
  if (broker === undefined || (broker.epoch === epoch && (master !== id || broker.setEpoch === setEpoch)))
    return [];
  const hears = { set, setEpoch, proposed: 0 };
  if (broker.epoch === epoch)
    return [{ what: `broker ${id} hears of ${named(set)}`, state: withBroker(state, id, hears) }];
  if (master !== id) {
    const follows = { master, epoch, isConnected: false, proposed: 0 };
    return [{ what: `broker ${id} is told to follow ${master}`, state: withBroker(state, id, follows) }];
  }
  const end = broker.log.length;
  const epochs = noted(broker.epochs, { epoch, start: end }, end, mends);
  const leads = { ...hears, master: id, epoch, epochs };
  return [
    { what: `broker ${id} becomes master of epoch ${epoch} at ${end}`, state: withBroker(state, id, leads) },
  ];
}

/** A client sends to whoever takes itself for the master. */
function send(state: State, id: number, limits: Limits): Step[] {
  const broker = state.brokers[id];
  if (broker?.master !== id || state.sent >= limits.messages) return [];
  const message = letters.charAt(state.sent);
  return [
    {
      what: `broker ${id} stores ${message}`,
      state: { ...withBroker(state, id, { log: broker.log + message }), sent: state.sent + 1 },
    },
  ];
}

/** A slave shakes hands, which cuts its log, or fetches a message, or hears of an epoch by a heartbeat. */
function replicate(state: State, id: number, mends: Mends): Step[] {
  const slave = state.brokers[id];
  const master = slave && state.brokers[slave.master];
  if (slave === undefined || master === undefined || slave.master === id) return [];
  if (master.master !== slave.master || master.epoch !== slave.epoch) return [];
  if (!slave.isConnected) {
    const point = consistentPoint(slave, master);
    if (point === -1) return [];
    const log = slave.log.slice(0, point);
    const epochs = slave.epochs.filter(
      (one) => one.start < point || (!mends.emptyEpochs && one.start === point),
    );
    return [
      {
        what: `broker ${id} is cut to ${point}`,
        state: withBroker(state, id, { log, epochs, isConnected: true }),
      },
    ];
  }
  const position = slave.log.length;
  const isMore = position < master.log.length;
  const epoch = master.epochs.findLast((one) => (isMore ? one.start <= position : true));
  const epochs = epoch ? noted(slave.epochs, epoch, position, mends) : slave.epochs;
  if (
    !isMore &&
    epochs.length === slave.epochs.length &&
    epochs.every((one, index) => one === slave.epochs[index])
  )
    return [];
  const log = slave.log + (isMore ? master.log.charAt(position) : "");
  const what = isMore ? `broker ${id} fetches ${log.at(-1)}` : `broker ${id} notes epoch ${epoch?.epoch}`;
  return [{ what, state: withBroker(state, id, { log, epochs }) }];
}

/** Slaves that are connected to a master, as it sees them. */
function connected(state: State, id: number): number[] {
  const epoch = state.brokers[id]?.epoch;
  return state.brokers.flatMap((one, slave) =>
    slave !== id && one.master === id && one.epoch === epoch && one.isConnected ? [slave] : [],
  );
}

/** A master asks for a slave that has caught up to be taken into the set, or for one to be taken out. */
function propose(state: State, id: number, mends: Mends, limits: Limits): Step[] {
  const broker = state.brokers[id];
  if (broker?.master !== id || state.proposals.length >= limits.proposals) return [];
  const waited = broker.set | broker.proposed;
  const lengths = connected(state, id).flatMap((slave) =>
    waited & bit(slave) ? (state.brokers[slave]?.log.length ?? 0) : [],
  );
  const confirmed = Math.min(broker.log.length, ...lengths);
  const begins = broker.epochs.at(-1)?.start ?? 0;
  const into = connected(state, id).filter(
    (slave) =>
      !(broker.set & bit(slave)) && (state.brokers[slave]?.log.length ?? 0) >= Math.max(confirmed, begins),
  );
  const out = members(broker.set & ~bit(id));
  const sets = [
    ...into.map((slave) => (mends.proposedTogether ? waited : broker.set) | bit(slave)),
    ...out.map((slave) => broker.set & ~bit(slave)),
  ];
  return sets.map((set) => ({
    what: `broker ${id} proposes ${named(set)}`,
    state: {
      ...withBroker(state, id, { proposed: mends.proposedTogether ? broker.proposed | set : set }),
      proposals: [...state.proposals, { epoch: broker.epoch, setEpoch: broker.setEpoch, set }],
    },
  }));
}

/** A master acknowledges what all have that it waits for, two copies at least. */
function acknowledge(state: State, id: number): Step[] {
  const broker = state.brokers[id];
  const position = state.acknowledged.length;
  if (broker?.master !== id || broker.log.length <= position) return [];
  if (!broker.log.startsWith(state.acknowledged)) return [];
  const have = connected(state, id).filter((slave) => (state.brokers[slave]?.log.length ?? 0) > position);
  const waited = members((broker.set | broker.proposed) & ~bit(id));
  if (have.length === 0 || !waited.every((slave) => have.includes(slave))) return [];
  const message = broker.log.charAt(position);
  return [
    {
      what: `broker ${id} acknowledges ${message}`,
      state: { ...state, acknowledged: state.acknowledged + message },
    },
  ];
}
