import type { BrokerGroupState, BrokerState } from "@hotfire/console/api";
import type { ReactNode } from "react";
import { bytes, count, dateTime, percent, rate } from "../../format.ts";
import { type Translate, useT } from "../../i18n/index.ts";
import { saySilence } from "../../i18n/say-problem.ts";
import { Badge, Card, type Tone } from "../../ui/basics.tsx";

const roleMarks = { master: "◆", leader: "◆", slave: "◇", follower: "◇", unknown: "?" } as const;

export function GroupCard({ group }: { readonly group: BrokerGroupState }): ReactNode {
  const t = useT();
  const versions = new Set(group.brokers.flatMap((broker) => broker.version ?? []));
  const [version] = versions.size === 1 ? versions : [];
  const writer = group.brokers.find(({ id }) => id === group.writer);
  return (
    <Card
      flush
      title={
        <>
          {group.name} <span className="quiet">{t(`mode.${group.mode}`)}</span>{" "}
          {version !== undefined && <span className="quiet">{version}</span>}
        </>
      }
      aside={
        writer === undefined ? (
          <Badge tone="bad">{t("group.nowriter")}</Badge>
        ) : group.rivals.length > 0 ? (
          <Badge tone="bad">{t("group.rivals", { n: group.rivals.length + 1 })}</Badge>
        ) : (
          <span className="quiet">{t("group.writer", { name: writer.name })}</span>
        )
      }
    >
      <section className="table-scroll" aria-label={group.name}>
        <table className="table brokers">
          <thead>
            <tr>
              <th scope="col">{t("broker.role")}</th>
              <th scope="col">{t("broker.name")}</th>
              <th scope="col">{t("broker.health")}</th>
              <th scope="col">{t("broker.replication")}</th>
              <th scope="col" className="num">
                {t("broker.rates")}
              </th>
              <th scope="col" className="num">
                {t("broker.today")}
              </th>
              <th scope="col" className="num">
                {t("broker.disk")}
              </th>
              <th scope="col">{t("broker.store")}</th>
            </tr>
          </thead>
          <tbody>
            {group.brokers.map((broker) => (
              <BrokerRow key={broker.id} broker={broker} group={group} t={t} />
            ))}
          </tbody>
        </table>
      </section>
    </Card>
  );
}

function BrokerRow(props: {
  readonly broker: BrokerState;
  readonly group: BrokerGroupState;
  readonly t: Translate;
}): ReactNode {
  const { broker, group, t } = props;
  const isDown = broker.health === "unreachable";
  const isWriter = broker.id === group.writer;
  // Of several versions each is shown where it is.
  const isOdd = broker.version !== null && group.brokers.some(({ version }) => version !== broker.version);
  return (
    <tr className={isDown ? "down" : undefined} data-broker={broker.id}>
      <th scope="row">
        <span className={isWriter ? "role writer" : "role"} data-role={broker.role}>
          <span aria-hidden="true">{roleMarks[broker.role]}</span> {t(`role.${broker.role}`)}
          {broker.brokerId !== null && <span className="quiet"> {broker.brokerId}</span>}
        </span>
      </th>
      <td>
        {broker.name !== broker.address && <div className="nowrap">{broker.name}</div>}
        <span className="mono quiet nowrap">{broker.address}</span>
        {isOdd && <Badge tone="warn">{broker.version}</Badge>}
      </td>
      <td>
        <Health broker={broker} t={t} />
      </td>
      <td>
        <Replicated broker={broker} group={group} t={t} />
      </td>
      <td className="num">
        {isDown ? (
          "–"
        ) : (
          <>
            {rate(broker.tps.in)} <span className="quiet">/ {rate(broker.tps.out)}</span>
          </>
        )}
      </td>
      <td
        className="num"
        title={t("broker.yesterday", {
          in: count(broker.messagesYesterday.in),
          out: count(broker.messagesYesterday.out),
        })}
      >
        {count(broker.messagesToday.in)} <span className="quiet">/ {count(broker.messagesToday.out)}</span>
      </td>
      <td className="num">
        <Disk share={broker.commitLog.diskUse} />
      </td>
      <td>
        <Store broker={broker} t={t} />
      </td>
    </tr>
  );
}

function Health({ broker, t }: { readonly broker: BrokerState; readonly t: Translate }): ReactNode {
  if (broker.health === "ok") return <Badge tone="good">{t("health.ok")}</Badge>;
  if (broker.health === "starting") return <Badge tone="warn">{t("health.starting")}</Badge>;
  const since = broker.unreachableSince;
  return (
    <span title={saySilence(t, broker)}>
      <Badge tone="bad">
        {since === null ? t("health.unreachable") : t("health.since", { at: dateTime(since) })}
      </Badge>
    </span>
  );
}

function Replicated(props: {
  readonly broker: BrokerState;
  readonly group: BrokerGroupState;
  readonly t: Translate;
}): ReactNode {
  const { broker, group, t } = props;
  const { replication } = broker;
  if (replication === null) return <span className="quiet">–</span>;
  const inSync = group.syncState?.inSync.includes(broker.address);
  const sync =
    group.syncState === null ? null : (
      <Badge tone={inSync === true ? "good" : "warn"}>{t(inSync === true ? "sync.in" : "sync.out")}</Badge>
    );
  switch (replication.kind) {
    case "dledger":
      return (
        <span className="nowrap">
          {replication.selfId} {replication.term !== null && t("term", { n: replication.term })}{" "}
          <Lag bytes={replication.lagBytes} t={t} />
        </span>
      );
    case "slave":
      return (
        <span className="nowrap">
          {replication.connected === false ? (
            <Badge tone="bad">{t("slave.cut")}</Badge>
          ) : (
            <Lag bytes={replication.lagBytes} t={t} />
          )}{" "}
          {sync}
        </span>
      );
    case "master":
      return (
        <span className="nowrap">
          {t("master.slaves", { n: replication.slaves.length })} {sync}
        </span>
      );
  }
}

function Lag({ bytes: behind, t }: { readonly bytes: number | null; readonly t: Translate }): ReactNode {
  if (behind === null) return null;
  if (behind === 0) return <span className="quiet">{t("lag.none")}</span>;
  return <span>{t("lag", { n: bytes(behind) })}</span>;
}

function Disk({ share }: { readonly share: number | null }): ReactNode {
  if (share === null) return <span className="quiet">–</span>;
  const tone: Tone = share > 0.85 ? "bad" : share > 0.7 ? "warn" : "good";
  return (
    <span className="disk">
      <meter className={tone} value={share} max={1} aria-hidden="true" /> {percent(share)}
    </span>
  );
}

/** Only what is a sign of trouble is worth a word. */
function Store({ broker, t }: { readonly broker: BrokerState; readonly t: Translate }): ReactNode {
  const { pageCacheLockMs, sendQueueSize, sendQueueHeadWaitMs } = broker.store;
  const { dispatchBehindBytes } = broker.commitLog;
  const signs = [
    pageCacheLockMs !== null && pageCacheLockMs > 100 && pageCacheLockMs < 1e9
      ? t("store.pagecache", { n: Math.round(pageCacheLockMs) })
      : "",
    sendQueueSize !== null && sendQueueSize > 100
      ? t("store.queue", { n: sendQueueSize, ms: sendQueueHeadWaitMs ?? 0 })
      : "",
    dispatchBehindBytes !== null && dispatchBehindBytes > 1_048_576
      ? t("store.behind", { n: bytes(dispatchBehindBytes) })
      : "",
  ].filter(Boolean);
  if (signs.length === 0)
    return <span className="quiet">{broker.health === "ok" ? t("store.ok") : "–"}</span>;
  return <Badge tone="warn">{signs.join(" · ")}</Badge>;
}
