import { settingOf } from "../files/config-file.ts";
import { pair } from "./example-files.ts";
import { atValue, type Files, rule } from "./rule.ts";

const proxy = (cluster: string): Files => ({
  ...pair(),
  "rmq-proxy.json": `{\n  "rocketMQClusterName": "${cluster}",\n  "namesrvAddr": "10.0.0.1:9876;10.0.0.2:9876"\n}\n`,
});

export const proxyCluster = rule({
  code: "PROXY_CLUSTER",
  severity: "error",
  title: "A proxy serves a cluster that no broker here belongs to.",
  breaks:
    "It asks the name servers for brokers of that name, finds none and exits, or serves another cluster.",
  bad: proxy("DefaultCluster"),
  good: proxy("orders"),
  *check({ files, brokers }) {
    if (brokers.length === 0) return;
    const clusters = new Set(
      brokers.map(({ file }) => settingOf(file, "brokerClusterName") ?? "DefaultCluster"),
    );
    for (const file of files) {
      if (file.kind !== "proxy" || file.broken !== undefined) continue;
      const own = settingOf(file, "rocketMQClusterName") ?? "DefaultCluster";
      if (!clusters.has(own))
        yield atValue(
          file,
          "rocketMQClusterName",
          `rocketMQClusterName is ${own}${file.byKey.has("rocketMQClusterName") ? "" : " by default"}, the brokers' cluster is ${[...clusters].join(", ")}`,
          `Write ${[...clusters][0]}.`,
        );
    }
  },
});
