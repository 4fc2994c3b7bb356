import { type DrillEventData, type DrillEventName, drillEventSchemas } from "@hotfire/console/api";
import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useEffect, useMemo, useReducer } from "react";
import { urlOf } from "../../api/client.ts";
import { type Translate, useT } from "../../i18n/index.ts";
import { Badge, Card, Loading } from "../../ui/basics.tsx";
import { Chart } from "../../ui/chart.tsx";

type DrillEvent = {
  [N in DrillEventName]: { readonly name: N; readonly data: DrillEventData<N> };
}[DrillEventName];

interface Run {
  readonly about: DrillEventData<"run"> | undefined;
  readonly phase: string | undefined;
  readonly rates: readonly DrillEventData<"rates">[];
  readonly happened: readonly { readonly at: number; readonly text: string; readonly bad: boolean }[];
}

const nothing: Run = { about: undefined, phase: undefined, rates: [], happened: [] };
/** Ten minutes of two groups in bins of 250 ms. */
const mostRates = 4800;
/** Faults and roles of hours of chaos; the report has them all. */
const mostHappened = 1000;

function next(run: Run, { name, data }: DrillEvent): Run {
  switch (name) {
    case "run":
      return { ...nothing, about: data };
    case "phase":
      return { ...run, phase: data.name };
    case "rates":
      return { ...run, rates: [...run.rates, data].slice(-mostRates) };
    case "fault":
      return happened(
        run,
        data.at,
        `${data.kind} ${data.nodes.join(", ") || data.target}: ${data.state}`,
        data.state !== "healed",
      );
    case "role":
      return happened(run, data.at, `${data.node}: ${data.role}`, false);
    case "end":
      return happened(run, data.at ?? 0, data.reason, false);
    case "verdict":
      return run;
  }
}

function happened(run: Run, at: number, text: string, bad: boolean): Run {
  return { ...run, happened: [...run.happened, { at, text, bad }].slice(-mostHappened) };
}

/** The text of each kind of event, checked. Throws on another shape. */
const readers = {
  run: (json) => ({ name: "run", data: drillEventSchemas.run.parse(json) }),
  phase: (json) => ({ name: "phase", data: drillEventSchemas.phase.parse(json) }),
  fault: (json) => ({ name: "fault", data: drillEventSchemas.fault.parse(json) }),
  role: (json) => ({ name: "role", data: drillEventSchemas.role.parse(json) }),
  rates: (json) => ({ name: "rates", data: drillEventSchemas.rates.parse(json) }),
  end: (json) => ({ name: "end", data: drillEventSchemas.end.parse(json) }),
  verdict: (json) => ({ name: "verdict", data: drillEventSchemas.verdict.parse(json) }),
} as const satisfies Readonly<Record<DrillEventName, (json: unknown) => DrillEvent>>;

/** A drill while it runs: the same lanes on one axis of time as its report will have. */
export function LiveDrill({ id }: { readonly id: string }): ReactNode {
  const t = useT();
  const queries = useQueryClient();
  const [run, tell] = useReducer(next, nothing);
  useEffect(() => {
    const source = new EventSource(urlOf("drillEvents", { id }));
    for (const [name, read] of Object.entries(readers)) {
      source.addEventListener(name, (event) => {
        tell(read(JSON.parse(String(event.data))));
        if (name !== "verdict") return;
        source.close();
        void queries.invalidateQueries({ queryKey: ["drills"] });
      });
    }
    return () => source.close();
  }, [id, queries]);
  if (run.about === undefined) return <Loading />;
  const { about } = run;
  return (
    <>
      <Card title={about.drill} aside={run.phase !== undefined && <Badge tone="accent">{run.phase}</Badge>}>
        <p className="quiet">
          {t("drill.facts", { mode: about.mode, cluster: about.cluster, seed: about.seed })}
        </p>
      </Card>
      {about.groups.map((group) => (
        <Card key={group} title={group}>
          <GroupChart run={run} group={group} startedAt={about.startedAt} t={t} />
        </Card>
      ))}
      <Card title={t("drill.happened")}>
        <ol className="events" aria-live="polite">
          {run.happened.toReversed().map(({ at, text, bad }) => (
            <li key={`${at}/${text}`} className={bad ? "bad" : "good"}>
              <time>{(at / 1e6).toFixed(2)} s</time>
              <div>{text}</div>
            </li>
          ))}
        </ol>
      </Card>
    </>
  );
}

interface GroupChartProps {
  readonly run: Run;
  readonly group: string;
  readonly startedAt: number;
  readonly t: Translate;
}

function GroupChart({ run, group, startedAt, t }: GroupChartProps): ReactNode {
  const rows = useMemo(() => run.rates.filter((one) => one.group === group), [run.rates, group]);
  const times = useMemo(() => rows.map(({ at }) => startedAt + at / 1000), [rows, startedAt]);
  const lines = useMemo(
    () => [
      {
        name: t("drill.acknowledged"),
        colour: "--series-1",
        values: rows.map((row) => row.acknowledged * 4),
      },
      { name: t("drill.consumed"), colour: "--series-2", values: rows.map((row) => row.consumed * 4) },
      { name: t("drill.failed"), colour: "--bad", values: rows.map((row) => (row.failed + row.inDoubt) * 4) },
    ],
    [rows, t],
  );
  const marks = useMemo(
    () => run.happened.filter(({ bad }) => bad).map(({ at, text }) => ({ at: startedAt + at / 1000, text })),
    [run.happened, startedAt],
  );
  return <Chart label={t("drill.chart", { group })} times={times} lines={lines} marks={marks} />;
}
