import { type TopicKind, type TopicRow, topicKinds } from "@hotfire/console/api";
import type { ColumnDef } from "@tanstack/react-table";
import { type ReactNode, useMemo, useState } from "react";
import { Link } from "wouter";
import { useApi } from "../../api/use-api.ts";
import { type Translate, useT } from "../../i18n/index.ts";
import { Badge, Card, Loaded, Page } from "../../ui/basics.tsx";
import { SearchBox } from "../../ui/form.tsx";
import { ChangeButton } from "../../ui/permission.tsx";
import { DataTable } from "../../ui/table.tsx";
import { TopicDialog } from "./topic-dialog.tsx";

/** What a person made comes first; RocketMQ's own topics are shown on request. */
const shownAtFirst: readonly TopicKind[] = ["normal", "fifo", "delay", "transaction", "unspecified"];

function columns(t: Translate): ColumnDef<TopicRow>[] {
  return [
    {
      header: t("topic"),
      accessorKey: "name",
      cell: ({ row: { original } }) => (
        <Link href={`/topics/${encodeURIComponent(original.name)}`} className="mono">
          {original.name}
        </Link>
      ),
    },
    {
      header: t("kind"),
      accessorKey: "kind",
      cell: ({ row: { original } }) => <Badge>{t(`kind.${original.kind}`)}</Badge>,
    },
    {
      header: t("groups"),
      accessorFn: ({ groups }) => groups.length,
      cell: ({ row: { original } }) => <span className="quiet">{original.groups.join(", ")}</span>,
    },
    { header: t("queues.write"), accessorKey: "writeQueues", meta: { numeric: true } },
    { header: t("queues.read"), accessorKey: "readQueues", meta: { numeric: true } },
    {
      header: t("perm"),
      accessorKey: "perm",
      cell: ({ row: { original } }) => permissionText(original.perm, t),
    },
  ];
}

export function permissionText(perm: number, t: Translate): string {
  const words = [(perm & 4) !== 0 ? t("perm.read") : "", (perm & 2) !== 0 ? t("perm.write") : ""].filter(
    Boolean,
  );
  return words.length === 0 ? t("perm.none") : words.join(" + ");
}

export default function TopicsView(): ReactNode {
  const t = useT();
  const topics = useApi("topics", {});
  const [search, setSearch] = useState("");
  const [kinds, setKinds] = useState<readonly TopicKind[]>(shownAtFirst);
  const [isCreating, setCreating] = useState(false);
  const shape = useMemo(() => columns(t), [t]);
  const rows = useMemo(() => {
    const wanted = search.trim().toLowerCase();
    return (topics.data?.topics ?? []).filter(
      ({ name, kind }) => kinds.includes(kind) && name.toLowerCase().includes(wanted),
    );
  }, [topics.data, search, kinds]);
  const toggle = (kind: TopicKind) =>
    setKinds(kinds.includes(kind) ? kinds.filter((other) => other !== kind) : [...kinds, kind]);
  return (
    <Page
      title={t("nav.topics")}
      about={
        topics.data === undefined
          ? undefined
          : t("shown.of", { n: rows.length, all: topics.data.topics.length })
      }
      actions={
        <ChangeButton primary onClick={() => setCreating(true)}>
          {t("topic.create")}
        </ChangeButton>
      }
    >
      <Card flush>
        <div className="bar">
          <SearchBox label={t("topic.search")} value={search} onChange={setSearch} />
          <fieldset className="chips">
            <legend className="sr">{t("kind")}</legend>
            {topicKinds.map((kind) => (
              <button
                key={kind}
                type="button"
                aria-pressed={kinds.includes(kind)}
                onClick={() => toggle(kind)}
              >
                {t(`kind.${kind}`)}
              </button>
            ))}
          </fieldset>
        </div>
        <Loaded query={topics}>
          {() => (
            <DataTable
              label={t("nav.topics")}
              rows={rows}
              columns={shape}
              rowKey={({ name }) => name}
              sort={[{ id: "name", desc: false }]}
              empty={t("topic.empty")}
            />
          )}
        </Loaded>
      </Card>
      {isCreating && <TopicDialog onClose={() => setCreating(false)} />}
    </Page>
  );
}
