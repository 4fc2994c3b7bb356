import type { ClusterState, ControllerState, NamesrvState, ProxyState } from "@hotfire/console/api";
import type { ReactNode } from "react";
import { dateTime } from "../../format.ts";
import { useT } from "../../i18n/index.ts";
import { Badge, Card } from "../../ui/basics.tsx";

/** Name servers, controllers and proxies. */
export function OtherNodes({ state }: { readonly state: ClusterState }): ReactNode {
  const t = useT();
  return (
    <div className="three">
      <Card title={t("namesrvs")}>
        <Nodes of={state.namesrvs} more={(node) => t("namesrv.brokers", { n: node.brokers })} />
      </Card>
      {state.controllers.length > 0 && (
        <Card title={t("controllers")}>
          <Nodes
            of={state.controllers}
            more={(node) => (node.isLeader ? t("role.leader") : t("role.follower"))}
          />
        </Card>
      )}
      {state.proxies.length > 0 && (
        <Card title={t("proxies")}>
          <Nodes of={state.proxies} more={() => ""} />
        </Card>
      )}
    </div>
  );
}

function Nodes<N extends NamesrvState | ControllerState | ProxyState>(props: {
  readonly of: readonly N[];
  readonly more: (node: N) => string;
}): ReactNode {
  const t = useT();
  return (
    <ul className="nodes">
      {props.of.map((node) => (
        <li key={node.address}>
          <span className="mono">{node.address}</span>
          <span className="quiet">{node.health === "ok" ? props.more(node) : ""}</span>
          {node.health === "unreachable" ? (
            <Badge tone="bad">
              {node.unreachableSince === null
                ? t("health.unreachable")
                : t("health.since", { at: dateTime(node.unreachableSince) })}
            </Badge>
          ) : (
            <Badge tone={node.health === "ok" ? "good" : "warn"}>{t(`health.${node.health}`)}</Badge>
          )}
        </li>
      ))}
    </ul>
  );
}
