import { type ConfigFile, isOn, settingOf } from "../files/config-file.ts";
import { isSecretKey } from "../keys/secret-keys.ts";
import { dledgerFile, pair, trio } from "./example-files.ts";
import { machines } from "./machines.ts";
import { atValue, groupBy, rule } from "./rule.ts";

const storeKeys = ["storePathRootDir", "storePathCommitLog", "storePathDLedgerCommitLog"] as const;

function* stores(file: ConfigFile): Generator<{ key: (typeof storeKeys)[number]; path: string }> {
  for (const key of storeKeys) {
    const path = settingOf(file, key);
    if (path !== undefined && path !== "") yield { key, path };
  }
}

export const storeInTmp = rule({
  code: "STORE_IN_TMP",
  severity: "warning",
  title: "A store is under /tmp.",
  breaks:
    "Systems empty /tmp at boot, or after some days, and many keep it in memory: a reboot loses the messages.",
  bad: pair("storePathRootDir=/tmp/store"),
  good: pair("storePathRootDir=/var/lib/rocketmq"),
  *check({ brokers }) {
    for (const { file } of brokers) {
      for (const { key, path } of stores(file)) {
        const root = key === "storePathRootDir" ? undefined : settingOf(file, "storePathRootDir");
        if (root !== undefined && path.startsWith(root)) continue;
        if (/^(?:\/var|\/private)?\/tmp(?:\/|$)/.test(path))
          yield atValue(
            file,
            key,
            `${key} is ${path}`,
            "Move the store to a disk that stays, while the broker is stopped.",
          );
      }
    }
  },
});

export const storeOfOtherGroup = rule({
  code: "STORE_OF_OTHER_GROUP",
  severity: "error",
  isFixUnsafe: true,
  title: "A store path is named after another broker group.",
  breaks:
    "Copied from another broker's file: where both run on one host they write into one store and destroy it; elsewhere people look for the data in the wrong place.",
  bad: trio({ storePathRootDir: "/data/broker-b", dLegerGroup: "broker-b" }),
  good: trio({ storePathRootDir: "/data/broker-a" }),
  *check({ brokers, groups }) {
    for (const { file, group, mode } of brokers) {
      if (group === undefined) continue;
      const copied = settingOf(file, "dLegerGroup");
      for (const { key, path } of stores(file)) {
        const parts = path.split("/");
        if (parts.includes(group)) continue;
        const other = parts.find((part) => part !== "" && (groups.has(part) || part === copied));
        if (other === undefined) continue;
        const repaired = parts.map((part) => (part === other ? group : part)).join("/");
        const message = `${key} is ${path}, but the broker is of ${group}`;
        // Under DLedger the peers fill an empty store again; elsewhere the data have to move along.
        yield atValue(
          file,
          key,
          message,
          `Write ${repaired}, and move what is there.`,
          mode === "dledger" ? repaired : undefined,
        );
      }
    }
  },
});

export const storeShared = rule({
  code: "STORE_SHARED",
  severity: "error",
  title: "Two brokers on one host have the same store.",
  breaks:
    "The second one does not start for the first one's lock, or, where locks do not work (network file systems), both destroy the store.",
  bad: {
    "a.conf": "brokerName=broker-a\nbrokerIP1=10.0.0.1\nstorePathRootDir=/data/store\n",
    "b.conf": "brokerName=broker-b\nbrokerIP1=10.0.0.1\nlistenPort=10921\nstorePathRootDir=/data/store\n",
  },
  good: {
    "a.conf": "brokerName=broker-a\nbrokerIP1=10.0.0.1\nstorePathRootDir=/data/broker-a\n",
    "b.conf": "brokerName=broker-b\nbrokerIP1=10.0.0.1\nlistenPort=10921\nstorePathRootDir=/data/broker-b\n",
  },
  *check({ brokers: all }) {
    for (const brokers of machines(all)) {
      const root = ({ file }: { file: ConfigFile }) =>
        settingOf(file, "storePathRootDir")?.replace(/\/+$/, "") ?? "the default, ~/store";
      for (const [path, sharing] of groupBy(brokers, root)) {
        for (const { file, host } of sharing.slice(1))
          yield atValue(
            file,
            "storePathRootDir",
            `${sharing[0]?.file.path}${host === undefined ? "" : ` on ${host}`} has the same store, ${path}`,
            "Give each broker a storePathRootDir of its own.",
          );
      }
    }
  },
});

export const poolWithoutEffect = rule({
  code: "POOL_WITHOUT_EFFECT",
  severity: "warning",
  title: "transientStorePoolEnable has no effect here.",
  breaks:
    "The pool is used by masters that flush asynchronously only. A slave or a broker with SYNC_FLUSH runs without it.",
  bad: pair("transientStorePoolEnable=true", "flushDiskType=SYNC_FLUSH"),
  good: pair("transientStorePoolEnable=true", "flushDiskType=ASYNC_FLUSH"),
  *check({ brokers }) {
    for (const { file, role, mode } of brokers) {
      if (!isOn(file, "transientStorePoolEnable") || mode !== "static") continue;
      const why =
        role === "SLAVE"
          ? "on a slave"
          : settingOf(file, "flushDiskType") === "SYNC_FLUSH"
            ? "with SYNC_FLUSH"
            : undefined;
      if (why !== undefined)
        yield atValue(file, "transientStorePoolEnable", `has no effect ${why}`, "Remove it.");
    }
  },
});

export const secretInClear = rule({
  code: "SECRET_IN_CLEAR",
  severity: "warning",
  title: "A secret stands in the file in clear.",
  breaks: "Who can read the file, its copies and its history in version control, has the secret.",
  bad: {
    "n0.conf": `${dledgerFile("n0")}innerClientAuthenticationCredentials={"accessKey":"rocketmq","secretKey":"12345678"}\n`,
  },
  good: trio(),
  *check({ files }) {
    for (const file of files) {
      for (const [key, { value }] of file.byKey) {
        const isPlaceholder = /^\s*$|^\$\{.*\}$|^\{\{.*\}\}$/.test(value);
        if (isSecretKey(key) && !isPlaceholder && !/^(?:true|false|\d+)$/i.test(value))
          yield atValue(
            file,
            key,
            `${key} holds a secret in clear`,
            "Put it in at the start, from a secret store; in Hotfire's containers as ROCKETMQ_<key>.",
          );
      }
    }
  },
});
