import * as access from "./access.ts";
import * as addresses from "./addresses.ts";
import * as controllers from "./controllers.ts";
import * as delay from "./delay.ts";
import * as dledgerIdentity from "./dledger-identity.ts";
import * as dledgerMessages from "./dledger-messages.ts";
import * as dledgerPeers from "./dledger-peers.ts";
import * as keys from "./keys.ts";
import * as namesrv from "./namesrv.ts";
import * as noEffect from "./no-effect.ts";
import * as ports from "./ports.ts";
import * as proxies from "./proxies.ts";
import * as replication from "./replication.ts";
import * as retention from "./retention.ts";
import * as store from "./store.ts";
import * as text from "./text.ts";
import * as values from "./values.ts";

/** By code: Node lists a module's exports by name, Vitest as they were written. */
function byCode<Rule extends { readonly code: string }>(rules: readonly Rule[]): Rule[] {
  return rules.toSorted((a, b) => (a.code < b.code ? -1 : a.code > b.code ? 1 : 0));
}

/** In the order of docs/reference/lint.md. */
export const ruleSections = [
  { title: "The file", rules: byCode(Object.values(text)) },
  { title: "Keys", rules: byCode([...Object.values(keys), ...Object.values(noEffect)]) },
  { title: "Values", rules: byCode([...Object.values(values), ...Object.values(delay)]) },
  {
    title: "DLedger",
    rules: byCode([
      ...Object.values(dledgerIdentity),
      ...Object.values(dledgerPeers),
      ...Object.values(dledgerMessages),
    ]),
  },
  { title: "Masters and slaves", rules: byCode(Object.values(replication)) },
  { title: "Controllers", rules: byCode(Object.values(controllers)) },
  {
    title: "Name servers and proxies",
    rules: byCode([...Object.values(namesrv), ...Object.values(proxies)]),
  },
  { title: "Ports and addresses", rules: byCode([...Object.values(ports), ...Object.values(addresses)]) },
  { title: "Access", rules: byCode(Object.values(access)) },
  { title: "The store", rules: byCode([...Object.values(store), ...Object.values(retention)]) },
] as const;

export const lintRules = ruleSections.flatMap(({ rules }) => [...rules]);

export type RuleCode = (typeof lintRules)[number]["code"];
