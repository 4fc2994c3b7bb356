import type { DrillRun } from "@hotfire/console/api";
import type { ReactNode } from "react";
import { Link } from "wouter";
import { useApi } from "../../api/use-api.ts";
import { count, dateTime, duration } from "../../format.ts";
import { useT } from "../../i18n/index.ts";
import { Badge, Card, Loaded, Notice, Page, type Tone } from "../../ui/basics.tsx";
import { DataTable } from "../../ui/table.tsx";

const tones: Readonly<Record<string, Tone>> = { pass: "good", fail: "bad", unknown: "warn" };

export function Verdict({ of }: { readonly of: DrillRun }): ReactNode {
  const t = useT();
  if (of.state === "running") return <Badge tone="accent">{t("drill.running")}</Badge>;
  if (of.verdict === null) return <Badge tone="warn">{t("drill.broken")}</Badge>;
  return <Badge tone={tones[of.verdict] ?? "neutral"}>{t(`verdict.${of.verdict}`)}</Badge>;
}

export default function DrillsView(): ReactNode {
  const t = useT();
  const drills = useApi("drills", {}, { everyMs: 3000 });
  if (drills.error?.code === "NOT_FOUND") {
    return (
      <Page title={t("nav.drills")} about={t("drills.about")}>
        <Notice tone="neutral">
          <strong>{t("drills.nofolder")}</strong> {t("drills.nofolder.how")}
        </Notice>
      </Page>
    );
  }
  return (
    <Page title={t("nav.drills")} about={t("drills.about")}>
      <Loaded query={drills}>
        {(data) => (
          <Card flush aside={data.folder} title={t("drills.runs")}>
            <DataTable
              label={t("drills.runs")}
              rows={data.runs}
              rowKey={({ id }) => id}
              sort={[{ id: "started", desc: true }]}
              empty={t("drills.none")}
              columns={[
                {
                  header: t("drill"),
                  accessorKey: "drill",
                  cell: ({ row: { original } }) => (
                    <Link href={`/drills/${encodeURIComponent(original.id)}`}>{original.drill}</Link>
                  ),
                },
                {
                  header: t("verdict"),
                  accessorFn: ({ verdict, state }) => verdict ?? state,
                  cell: ({ row: { original } }) => <Verdict of={original} />,
                },
                { header: t("mode"), accessorFn: ({ mode }) => mode ?? "" },
                {
                  header: t("drill.rto"),
                  accessorFn: ({ worstRtoUs }) => worstRtoUs ?? -1,
                  cell: ({ row: { original } }) =>
                    original.worstRtoUs === null ? "–" : duration(original.worstRtoUs / 1000),
                  meta: { numeric: true },
                },
                {
                  header: t("drill.lost"),
                  accessorFn: ({ lost }) => lost ?? -1,
                  cell: ({ row: { original } }) => (original.lost === null ? "–" : count(original.lost)),
                  meta: { numeric: true },
                },
                {
                  header: t("drill.sentence"),
                  accessorFn: ({ sentence }) => sentence ?? "",
                  cell: ({ row }) => <span className="sentence">{row.original.sentence ?? ""}</span>,
                },
                {
                  id: "started",
                  header: t("drill.started"),
                  accessorFn: ({ startedAt }) => startedAt ?? 0,
                  cell: ({ row: { original } }) =>
                    original.startedAt === null ? (
                      "–"
                    ) : (
                      <span className="nowrap">{dateTime(original.startedAt)}</span>
                    ),
                },
              ]}
            />
          </Card>
        )}
      </Loaded>
    </Page>
  );
}
