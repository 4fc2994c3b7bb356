import type { Config, ConfigEntry } from "@hotfire/console/api";
import type { ColumnDef } from "@tanstack/react-table";
import { type ReactNode, useMemo, useState } from "react";
import { useApi } from "../../api/use-api.ts";
import { type Translate, useT } from "../../i18n/index.ts";
import { saySilence } from "../../i18n/say-problem.ts";
import { Badge, Card, Loaded, Notice, Page } from "../../ui/basics.tsx";
import { Choice, SearchBox } from "../../ui/form.tsx";
import { ChangeButton } from "../../ui/permission.tsx";
import { DataTable } from "../../ui/table.tsx";
import { ChangeDialog } from "./change-dialog.tsx";

const kinds = ["brokers", "namesrvs", "controllers"] as const;
export type ConfigKind = (typeof kinds)[number];
const filters = ["all", "changed", "differs"] as const;

export default function ConfigView(): ReactNode {
  const t = useT();
  const config = useApi("config", {});
  const [kind, setKind] = useState<ConfigKind>("brokers");
  const [filter, setFilter] = useState<(typeof filters)[number]>("all");
  const [search, setSearch] = useState("");
  const [entry, setEntry] = useState<ConfigEntry>();
  const rows = useMemo(() => {
    const wanted = search.trim().toLowerCase();
    return (config.data?.[kind] ?? []).filter(
      (one) =>
        (filter === "all" || (filter === "changed" ? one.differsFromDefault : one.differsBetweenMembers)) &&
        (one.key.toLowerCase().includes(wanted) ||
          Object.values(one.values).some((value) => value.toLowerCase().includes(wanted))),
    );
  }, [config.data, kind, filter, search]);
  const shape = useMemo(() => columns(t, setEntry), [t]);
  return (
    <Page title={t("nav.config")} about={t("config.about")}>
      <Loaded query={config}>
        {(data) => (
          <Card flush>
            <div className="bar">
              <SearchBox label={t("config.search")} value={search} onChange={setSearch} />
              <Choice
                label={t("config.of")}
                value={kind}
                options={kinds.map((one) => [one, t(one)] as const)}
                onChange={setKind}
              />
              <Choice
                label={t("config.show")}
                value={filter}
                options={filters.map((one) => [one, t(`config.${one}`)] as const)}
                onChange={setFilter}
              />
            </div>
            <Problems of={data} />
            <DataTable
              label={t("nav.config")}
              rows={rows}
              columns={shape}
              rowKey={({ key }) => key}
              sort={[{ id: "key", desc: false }]}
              empty={t("config.none")}
            />
            {entry !== undefined && (
              <ChangeDialog of={data} entry={entry} onClose={() => setEntry(undefined)} />
            )}
          </Card>
        )}
      </Loaded>
    </Page>
  );
}

function Problems({ of }: { readonly of: Config }): ReactNode {
  const t = useT();
  const silent = of.nodes.filter(({ problem }) => problem !== undefined);
  if (silent.length === 0) return null;
  return (
    <Notice tone="warn">
      {silent.map((node) => (
        <div key={node.id}>
          {node.label}: {saySilence(t, node)}
        </div>
      ))}
    </Notice>
  );
}

function columns(t: Translate, onChange: (entry: ConfigEntry) => void): ColumnDef<ConfigEntry>[] {
  return [
    { id: "key", header: t("key"), accessorKey: "key", cell: ({ row }) => <code>{row.original.key}</code> },
    {
      header: t("value"),
      accessorFn: ({ values }) => Object.values(values)[0] ?? "",
      cell: ({ row: { original } }) => <Values of={original} />,
    },
    {
      header: t("default"),
      accessorFn: (entry) => entry.default ?? "",
      cell: ({ row }) => <code className="quiet">{row.original.default ?? "–"}</code>,
    },
    {
      id: "flags",
      header: "",
      enableSorting: false,
      cell: ({ row: { original } }) => (
        <>
          {original.differsFromDefault && <Badge tone="accent">{t("config.changed.one")}</Badge>}
          {original.differsBetweenMembers && <Badge tone="warn">{t("config.differs.one")}</Badge>}
        </>
      ),
    },
    {
      id: "change",
      header: "",
      enableSorting: false,
      cell: ({ row: { original } }) => (
        <ChangeButton small disabled={original.secret} onClick={() => onChange(original)}>
          {t("change")}
        </ChangeButton>
      ),
    },
  ];
}

/** One value where all agree; otherwise who has which. */
function Values({ of }: { readonly of: ConfigEntry }): ReactNode {
  const byValue = new Map<string, string[]>();
  for (const [node, value] of Object.entries(of.values)) {
    byValue.set(value, [...(byValue.get(value) ?? []), node]);
  }
  const groups = [...byValue];
  if (groups.length <= 1) return <code className="value">{groups[0]?.[0] ?? "–"}</code>;
  return (
    <ul className="values">
      {groups.map(([value, nodes]) => (
        <li key={value}>
          <code className="value">{value}</code> <span className="quiet">{nodes.join(", ")}</span>
        </li>
      ))}
    </ul>
  );
}
