import type { ProducerList } from "@hotfire/console/api";
import { type ReactNode, useMemo, useState } from "react";
import { useApi } from "../api/use-api.ts";
import { dateTime } from "../format.ts";
import { useT } from "../i18n/index.ts";
import { Card, Loaded, Page } from "../ui/basics.tsx";
import { SearchBox } from "../ui/form.tsx";
import { DataTable } from "../ui/table.tsx";

type Row = ProducerList["producers"][number]["connections"][number] & { readonly group: string };

export default function ProducersView(): ReactNode {
  const t = useT();
  const producers = useApi("producers", {}, { everyMs: 5000 });
  const [search, setSearch] = useState("");
  const rows = useMemo<Row[]>(() => {
    const wanted = search.trim().toLowerCase();
    return (producers.data?.producers ?? [])
      .flatMap(({ name, connections }) => connections.map((one) => ({ ...one, group: name })))
      .filter(({ group, clientId }) => `${group} ${clientId}`.toLowerCase().includes(wanted));
  }, [producers.data, search]);
  return (
    <Page title={t("nav.producers")} about={t("producers.about")}>
      <Card flush>
        <div className="bar">
          <SearchBox label={t("producer.search")} value={search} onChange={setSearch} />
        </div>
        <p className="hint pad">{t("producers.proxies")}</p>
        <Loaded query={producers}>
          {() => (
            <DataTable
              label={t("nav.producers")}
              rows={rows}
              rowKey={({ group, clientId, address }) => `${group}/${clientId}/${address}`}
              empty={t("producers.none")}
              columns={[
                { header: t("producer"), accessorKey: "group" },
                {
                  header: t("client"),
                  accessorKey: "clientId",
                  cell: ({ row }) => <span className="mono">{row.original.clientId}</span>,
                },
                { header: t("address"), accessorKey: "address" },
                { header: t("language"), accessorKey: "language" },
                { header: t("version"), accessorKey: "version" },
                {
                  header: t("heartbeat"),
                  accessorKey: "lastHeartbeat",
                  cell: ({ row }) => dateTime(row.original.lastHeartbeat),
                },
              ]}
            />
          )}
        </Loaded>
      </Card>
    </Page>
  );
}
