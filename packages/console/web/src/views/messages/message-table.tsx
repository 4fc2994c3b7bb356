import type { MessageSearch, MessageSummary } from "@hotfire/console/api";
import type { ColumnDef } from "@tanstack/react-table";
import { type ReactNode, useMemo } from "react";
import { Link } from "wouter";
import { bytes, dateTime } from "../../format.ts";
import { type Translate, useT } from "../../i18n/index.ts";
import { Missing, Notice } from "../../ui/basics.tsx";
import { DataTable } from "../../ui/table.tsx";

function columns(t: Translate): ColumnDef<MessageSummary>[] {
  return [
    {
      header: t("message.id"),
      accessorKey: "messageId",
      cell: ({ row: { original } }) => (
        <Link
          className="mono"
          href={`/messages/${encodeURIComponent(original.topic)}/${encodeURIComponent(original.messageId)}`}
        >
          {original.messageId}
        </Link>
      ),
    },
    {
      id: "stored",
      header: t("stored"),
      accessorKey: "storedAt",
      cell: ({ row }) => <span className="nowrap">{dateTime(row.original.storedAt, true)}</span>,
    },
    { header: t("keys"), accessorFn: ({ keys }) => keys ?? "" },
    { header: t("tags"), accessorFn: ({ tags }) => tags ?? "" },
    {
      header: t("place"),
      accessorFn: ({ group, queueId, queueOffset }) => `${group} · ${queueId} · ${queueOffset}`,
    },
    {
      header: t("size"),
      accessorKey: "bodyBytes",
      cell: ({ row }) => bytes(row.original.bodyBytes),
      meta: { numeric: true },
    },
  ];
}

interface MessageTableProps {
  readonly of: MessageSearch;
  /** More columns, in front. */
  readonly before?: readonly ColumnDef<MessageSummary>[];
}

export function MessageTable({ of, before = [] }: MessageTableProps): ReactNode {
  const t = useT();
  const shape = useMemo(() => [...before, ...columns(t)], [before, t]);
  return (
    <>
      <Missing of={of.missing} />
      {of.more && <Notice tone="neutral">{t("messages.more", { n: of.messages.length })}</Notice>}
      <DataTable
        label={t("nav.messages")}
        rows={of.messages}
        columns={shape}
        rowKey={({ offsetMessageId }) => offsetMessageId}
        sort={[{ id: "stored", desc: true }]}
        empty={t("messages.none")}
      />
    </>
  );
}
