import type { ConsumerDetail } from "@hotfire/console/api";
import { type ReactNode, useState } from "react";
import { Link, useLocation, useParams } from "wouter";
import { useApi, useChange } from "../../api/use-api.ts";
import { count, dateTime, rate } from "../../format.ts";
import { useT } from "../../i18n/index.ts";
import { Badge, Card, Facts, Loaded, Missing, Page, Stat } from "../../ui/basics.tsx";
import { ConfirmDialog } from "../../ui/dialog.tsx";
import { ChangeButton } from "../../ui/permission.tsx";
import { DataTable } from "../../ui/table.tsx";
import { ConsumerChangeDialog } from "./consumer-change-dialog.tsx";
import { clientsText, lagText } from "./lag-text.ts";
import { StackDialog } from "./stack-dialog.tsx";

export default function ConsumerView(): ReactNode {
  const t = useT();
  const { name = "" } = useParams();
  const consumer = useApi("consumer", { params: { name } }, { everyMs: 2000 });
  const [open, setOpen] = useState<"change" | "delete">();
  const close = () => setOpen(undefined);
  return (
    <Page
      title={<span className="mono">{name}</span>}
      about={<Link href="/consumers">← {t("nav.consumers")}</Link>}
      actions={
        <>
          <ChangeButton onClick={() => setOpen("change")}>{t("change")}</ChangeButton>
          <ChangeButton danger onClick={() => setOpen("delete")}>
            {t("delete")}
          </ChangeButton>
        </>
      }
    >
      <Loaded query={consumer}>
        {(detail) => (
          <>
            <Missing of={detail.missing} />
            <Summary of={detail} />
            <Connections of={detail} />
            <Queues of={detail} />
            {open === "change" && <ConsumerChangeDialog of={detail} onClose={close} />}
            {open === "delete" && <DeleteDialog of={detail} onClose={close} />}
          </>
        )}
      </Loaded>
    </Page>
  );
}

function Summary({ of }: { readonly of: ConsumerDetail }): ReactNode {
  const t = useT();
  const config = of.configs[0];
  return (
    <>
      <dl className="stats">
        <Stat
          name={<span title={t("lag.hint")}>{t("lag.title")}</span>}
          value={lagText(of.lag, t)}
          tone={of.lag !== null && of.lag > 10_000 ? "warn" : "neutral"}
        />
        <Stat name={t("tps")} value={rate(of.tps)} more={t("per.second")} />
        <Stat
          name={t("clients")}
          value={clientsText(countsOf(of), t)}
          tone={of.connections.length === 0 && !of.mayHaveHiddenClients ? "warn" : "neutral"}
        />
        <Stat name={t("queues")} value={of.queues.length} />
      </dl>
      <div className="two">
        <Card title={t("subscription")}>
          {of.subscriptions.length === 0 ? (
            <p className="empty small">{t("subscription.none")}</p>
          ) : (
            <Facts
              of={of.subscriptions.map(({ topic, expression }) => [
                topic,
                <code key={topic}>{expression}</code>,
              ])}
            />
          )}
        </Card>
        <Card title={t("settings.title")}>
          <Facts
            of={[
              [t("consumer.type"), of.consumption?.type ?? "–"],
              [t("consumer.model"), of.consumption?.model ?? "–"],
              [t("consumer.from"), of.consumption?.from ?? "–"],
              [t("consumer.enabled"), config === undefined ? "–" : t(config.consumeEnabled ? "yes" : "no")],
              [t("consumer.orderly"), config === undefined ? "–" : t(config.orderly ? "yes" : "no")],
              [t("retries"), config?.retryMaxTimes ?? "–"],
            ]}
          />
        </Card>
      </div>
    </>
  );
}

function countsOf({ connections, mayHaveHiddenClients }: ConsumerDetail) {
  const atBrokers = connections.filter(({ via }) => via === null).length;
  return {
    clients: atBrokers,
    proxyClients: mayHaveHiddenClients ? null : connections.length - atBrokers,
  };
}

function Connections({ of }: { readonly of: ConsumerDetail }): ReactNode {
  const t = useT();
  const [client, setClient] = useState<string>();
  return (
    <Card flush title={t("clients")}>
      <DataTable
        label={t("clients")}
        rows={of.connections}
        rowKey={({ clientId }) => clientId}
        empty={t(of.mayHaveHiddenClients ? "clients.maybe" : "clients.none")}
        columns={[
          {
            header: t("client"),
            accessorKey: "clientId",
            cell: ({ row }) => <span className="mono">{row.original.clientId}</span>,
          },
          {
            header: t("address"),
            accessorKey: "address",
            cell: ({ row: { original } }) => (
              <>
                {original.address}
                {original.via !== null && (
                  <span className="quiet"> {t("client.via", { proxy: original.via })}</span>
                )}
              </>
            ),
          },
          { header: t("language"), accessorKey: "language" },
          { header: t("version"), accessorKey: "version" },
          {
            id: "stack",
            header: "",
            enableSorting: false,
            cell: ({ row }) => (
              <button
                type="button"
                className="button small"
                disabled={row.original.via !== null}
                title={row.original.via === null ? undefined : t("stack.proxy")}
                onClick={() => setClient(row.original.clientId)}
              >
                {t("stack")}
              </button>
            ),
          },
        ]}
      />
      {client !== undefined && (
        <StackDialog consumer={of.name} clientId={client} onClose={() => setClient(undefined)} />
      )}
    </Card>
  );
}

function Queues({ of }: { readonly of: ConsumerDetail }): ReactNode {
  const t = useT();
  return (
    <Card flush title={t("lag.queues")}>
      <DataTable
        label={t("lag.queues")}
        rows={of.queues}
        rowKey={({ topic, group, queueId }) => `${topic}/${group}/${queueId}`}
        sort={[{ id: "lag", desc: true }]}
        empty={t("consumer.nooffset")}
        columns={[
          {
            header: t("topic"),
            accessorKey: "topic",
            cell: ({ row }) => (
              <Link className="mono" href={`/topics/${encodeURIComponent(row.original.topic)}`}>
                {row.original.topic}
              </Link>
            ),
          },
          { header: t("group"), accessorKey: "group" },
          { header: t("queue"), accessorKey: "queueId", meta: { numeric: true } },
          {
            id: "lag",
            header: t("lag.title"),
            accessorKey: "lag",
            cell: ({ row }) =>
              row.original.lag === 0 ? (
                <span className="quiet">0</span>
              ) : (
                <Badge tone={row.original.lag > 10_000 ? "warn" : "neutral"}>
                  {lagText(row.original.lag, t)}
                </Badge>
              ),
            meta: { numeric: true },
          },
          {
            header: t("offset.consumer"),
            accessorKey: "consumerOffset",
            cell: ({ row }) => count(row.original.consumerOffset),
            meta: { numeric: true },
          },
          {
            header: t("offset.broker"),
            accessorKey: "brokerOffset",
            cell: ({ row }) => count(row.original.brokerOffset),
            meta: { numeric: true },
          },
          {
            header: t("consumed.last"),
            accessorFn: ({ lastConsumedAt }) => lastConsumedAt ?? 0,
            cell: ({ row: { original } }) =>
              original.lastConsumedAt === null ? "–" : dateTime(original.lastConsumedAt),
          },
          {
            header: t("client"),
            accessorFn: ({ client }) => client ?? "",
            cell: ({ row }) => <span className="mono quiet">{row.original.client ?? "–"}</span>,
          },
        ]}
      />
    </Card>
  );
}

function DeleteDialog({
  of,
  onClose,
}: {
  readonly of: ConsumerDetail;
  readonly onClose: () => void;
}): ReactNode {
  const t = useT();
  const [, go] = useLocation();
  const remove = useChange("deleteConsumer");
  const groups = of.configs.map(({ group }) => group).join(", ");
  return (
    <ConfirmDialog
      title={t("consumer.delete", { name: of.name })}
      what={t("consumer.delete.what", {
        name: of.name,
        groups,
        lag: lagText(of.lag, t),
        queues: of.queues.length,
      })}
      name={of.name}
      submit={t("delete")}
      isBusy={remove.isPending}
      error={remove.error}
      onClose={onClose}
      onConfirm={(confirm) =>
        remove.mutate({ params: { name: of.name }, body: { confirm } }, { onSuccess: () => go("/consumers") })
      }
    />
  );
}
