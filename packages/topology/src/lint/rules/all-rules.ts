import * as dledgerIdentity from "./dledger-identity.ts";
import * as dledgerPeers from "./dledger-peers.ts";
import * as keys from "./keys.ts";
import * as namesrv from "./namesrv.ts";
import * as noEffect from "./no-effect.ts";
import * as ports from "./ports.ts";
import * as replication from "./replication.ts";
import * as retention from "./retention.ts";
import * as store from "./store.ts";
import * as text from "./text.ts";
import * as values from "./values.ts";

/** In the order of docs/lint.md. */
export const ruleSections = [
  { title: "The file", rules: Object.values(text) },
  { title: "Keys", rules: [...Object.values(keys), ...Object.values(noEffect)] },
  { title: "Values", rules: Object.values(values) },
  { title: "DLedger", rules: [...Object.values(dledgerIdentity), ...Object.values(dledgerPeers)] },
  { title: "Masters and slaves", rules: Object.values(replication) },
  { title: "Name servers", rules: Object.values(namesrv) },
  { title: "Ports and addresses", rules: Object.values(ports) },
  { title: "The store", rules: [...Object.values(store), ...Object.values(retention)] },
] as const;

export const lintRules = ruleSections.flatMap(({ rules }) => [...rules]);

export type RuleCode = (typeof lintRules)[number]["code"];
