import type { ClusterState } from "@hotfire/console/api";
import { type ReactNode, useMemo } from "react";
import { useLive } from "../../api/live.ts";
import { count, rate } from "../../format.ts";
import { useT } from "../../i18n/index.ts";
import { sayProblem } from "../../i18n/say-problem.ts";
import { Card, Loading, Notice, Page, Stat } from "../../ui/basics.tsx";
import { Chart } from "../../ui/chart.tsx";
import { GroupCard } from "./group-card.tsx";
import { Lagging } from "./lagging.tsx";
import { OtherNodes } from "./other-nodes.tsx";
import { RoleEvents } from "./role-events.tsx";

/** The whole cluster on one page, as it is now: no reload, no button. */
export function ClusterView(): ReactNode {
  const t = useT();
  const { state } = useLive();
  if (state === undefined) {
    return (
      <Page title={t("nav.cluster")}>
        <Loading />
      </Page>
    );
  }
  const title = state.clusters.length > 0 ? state.clusters.join(", ") : t("nav.cluster");
  return (
    <Page title={title} about={t("cluster.about", { groups: state.groups.length, nodes: nodesOf(state) })}>
      {state.problems.length > 0 && (
        <Notice tone={state.state === "unreachable" ? "bad" : "warn"}>
          {state.problems.map((problem) => (
            <div key={problem.text}>
              {sayProblem(t, problem, state.at)}
              {/* What the cluster says of itself is in English. */}
              {"detail" in problem && (
                <div className="quiet" lang="en">
                  {problem.detail}
                </div>
              )}
            </div>
          ))}
        </Notice>
      )}
      <Totals state={state} />
      <div className="two-one">
        <Traffic />
        <RoleEvents />
      </div>
      {state.groups.length === 0 && <p className="empty">{t("cluster.empty")}</p>}
      {state.groups.map((group) => (
        <GroupCard key={`${group.cluster}/${group.name}`} group={group} />
      ))}
      <Lagging />
      <OtherNodes state={state} />
    </Page>
  );
}

function nodesOf(state: ClusterState): number {
  return state.groups.reduce((sum, { brokers }) => sum + brokers.length, 0);
}

function Totals({ state }: { readonly state: ClusterState }): ReactNode {
  const t = useT();
  const { tps, messagesToday, messagesYesterday } = state.totals;
  const brokers = state.groups.flatMap((group) => group.brokers);
  const down = brokers.filter(({ health }) => health === "unreachable").length;
  const writable = state.groups.filter(({ writer }) => writer !== null).length;
  return (
    <dl className="stats">
      <Stat name={t("tps.in")} value={rate(tps.in)} more={t("per.second")} />
      <Stat name={t("tps.out")} value={rate(tps.out)} more={t("per.second")} />
      <Stat
        name={t("today.in")}
        value={count(messagesToday.in)}
        more={t("yesterday", { n: count(messagesYesterday.in) })}
      />
      <Stat
        name={t("today.out")}
        value={count(messagesToday.out)}
        more={t("yesterday", { n: count(messagesYesterday.out) })}
      />
      <Stat
        name={t("groups.writable")}
        value={`${writable} / ${state.groups.length}`}
        tone={writable === state.groups.length ? "neutral" : "bad"}
      />
      <Stat
        name={t("brokers.up")}
        value={`${brokers.length - down} / ${brokers.length}`}
        tone={down === 0 ? "neutral" : "bad"}
      />
    </dl>
  );
}

function Traffic(): ReactNode {
  const t = useT();
  const { rates, roles } = useLive();
  const times = useMemo(() => rates.map(({ at }) => at), [rates]);
  const lines = useMemo(
    () => [
      { name: t("tps.in"), colour: "--series-1", values: rates.map((point) => point.in) },
      { name: t("tps.out"), colour: "--series-2", values: rates.map((point) => point.out) },
    ],
    [rates, t],
  );
  const marks = useMemo(
    () => roles.filter(({ to }) => to === null).map(({ at, group }) => ({ at, text: group })),
    [roles],
  );
  return (
    <Card title={t("traffic")}>
      <Chart label={t("traffic.label")} times={times} lines={lines} marks={marks} />
    </Card>
  );
}
