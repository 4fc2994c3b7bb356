import type { ConsumerRow } from "@hotfire/console/api";
import type { ColumnDef } from "@tanstack/react-table";
import { type ReactNode, useMemo, useState } from "react";
import { Link } from "wouter";
import { useApi } from "../../api/use-api.ts";
import { rate } from "../../format.ts";
import { type Translate, useT } from "../../i18n/index.ts";
import { Badge, Card, Loaded, Missing, Page } from "../../ui/basics.tsx";
import { CheckField, SearchBox } from "../../ui/form.tsx";
import { ChangeButton } from "../../ui/permission.tsx";
import { DataTable } from "../../ui/table.tsx";
import { ConsumerDialog } from "./consumer-dialog.tsx";
import { clientsText, lagText } from "./lag-text.ts";

const mostAsked = 50;
const refreshMs = 5000;

function columns(t: Translate): ColumnDef<ConsumerRow>[] {
  return [
    {
      header: t("consumer"),
      accessorKey: "name",
      cell: ({ row: { original } }) => (
        <Link className="mono" href={`/consumers/${encodeURIComponent(original.name)}`}>
          {original.name}
        </Link>
      ),
    },
    {
      header: t("kind"),
      accessorKey: "kind",
      cell: ({ row: { original } }) => (
        <>
          <Badge>{t(`consumer.${original.kind}`)}</Badge>
          {!original.consumeEnabled && <Badge tone="warn">{t("consumer.off")}</Badge>}
        </>
      ),
    },
    {
      header: t("clients"),
      accessorFn: ({ clients, proxyClients }) => (clients ?? -1) + (proxyClients ?? 0),
      cell: ({ row: { original } }) =>
        original.clients === null
          ? "–"
          : clientsText({ clients: original.clients, proxyClients: original.proxyClients }, t),
      meta: { numeric: true },
    },
    {
      header: t("lag.title"),
      accessorFn: ({ lag }) => lag ?? -1,
      cell: ({ row: { original } }) => <span title={t("lag.hint")}>{lagText(original.lag, t)}</span>,
      meta: { numeric: true },
    },
    {
      header: t("tps"),
      accessorFn: ({ tps }) => tps ?? -1,
      cell: ({ row: { original } }) => (original.tps === null ? "–" : rate(original.tps)),
      meta: { numeric: true },
    },
    { header: t("retries"), accessorKey: "retryMaxTimes", meta: { numeric: true } },
  ];
}

export default function ConsumersView(): ReactNode {
  const t = useT();
  const consumers = useApi("consumers", {});
  const [search, setSearch] = useState("");
  const [withSystem, setWithSystem] = useState(false);
  const [isCreating, setCreating] = useState(false);
  const [seen, setSeen] = useState<readonly string[]>([]);
  const shape = useMemo(() => columns(t), [t]);
  const rows = useMemo(() => {
    const wanted = search.trim().toLowerCase();
    return (consumers.data?.consumers ?? []).filter(
      ({ name, kind }) => (withSystem || kind !== "system") && name.toLowerCase().includes(wanted),
    );
  }, [consumers.data, search, withSystem]);
  // One request a broker for all, so that sorting by it sorts all.
  const lags = useApi("consumerLag", {}, { everyMs: refreshMs });
  // Clients cost the brokers a request a group: they are asked for what is on the screen only.
  const asked = (seen.length > 0 ? seen : rows.map(({ name }) => name)).slice(0, mostAsked);
  const progress = useApi(
    "consumerProgress",
    { query: { names: asked.join(",") } },
    { everyMs: refreshMs, enabled: asked.length > 0 },
  );
  const shown = useMemo(() => {
    const known = new Map(progress.data?.consumers.map((one) => [one.name, one]));
    const behind = new Map(lags.data?.consumers.map((one) => [one.name, one]));
    return rows.map((row) => ({ ...row, ...known.get(row.name), ...behind.get(row.name) }));
  }, [rows, progress.data, lags.data]);
  return (
    <Page
      title={t("nav.consumers")}
      about={
        consumers.data === undefined
          ? undefined
          : t("shown.of", { n: rows.length, all: consumers.data.consumers.length })
      }
      actions={
        <ChangeButton primary onClick={() => setCreating(true)}>
          {t("consumer.create")}
        </ChangeButton>
      }
    >
      <Card flush>
        <div className="bar">
          <SearchBox label={t("consumer.search")} value={search} onChange={setSearch} />
          <CheckField label={t("consumer.withsystem")} value={withSystem} onChange={setWithSystem} />
        </div>
        <Missing of={lags.data?.missing ?? []} />
        <Loaded query={consumers}>
          {() => (
            <DataTable
              label={t("nav.consumers")}
              rows={shown}
              columns={shape}
              rowKey={({ name }) => name}
              sort={[{ id: "name", desc: false }]}
              empty={t("consumer.empty")}
              onSeen={(keys) => setSeen(keys.slice(0, mostAsked))}
            />
          )}
        </Loaded>
      </Card>
      {isCreating && <ConsumerDialog onClose={() => setCreating(false)} />}
    </Page>
  );
}
