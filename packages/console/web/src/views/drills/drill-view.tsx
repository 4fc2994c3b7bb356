import type { ReactNode } from "react";
import { Link, useParams } from "wouter";
import { urlOf } from "../../api/client.ts";
import { useApi } from "../../api/use-api.ts";
import { useT } from "../../i18n/index.ts";
import { Card, Loaded, Page } from "../../ui/basics.tsx";
import { Verdict } from "./drills-view.tsx";
import { LiveDrill } from "./live-drill.tsx";

/** A stored run's report, or a running one as it happens. */
export default function DrillView(): ReactNode {
  const t = useT();
  const { id = "" } = useParams();
  const drills = useApi("drills", {}, { everyMs: 3000 });
  return (
    <Page title={id} about={<Link href="/drills">← {t("nav.drills")}</Link>}>
      <Loaded query={drills}>
        {({ runs }) => {
          const run = runs.find((one) => one.id === id);
          if (run === undefined) return <p className="empty">{t("drill.unknown", { id })}</p>;
          return (
            <>
              <Card title={<Verdict of={run} />}>
                <p>{run.sentence}</p>
                {run.reasons.length > 0 && (
                  <ul>
                    {run.reasons.map((reason) => (
                      <li key={reason}>{reason}</li>
                    ))}
                  </ul>
                )}
              </Card>
              {run.report ? (
                <iframe
                  className="report"
                  title={t("drill.report", { id })}
                  // Its own scripts may run (they fold sections), but as nobody: no cookies, no API.
                  sandbox="allow-scripts"
                  src={urlOf("drillReport", { id })}
                />
              ) : (
                <LiveDrill key={id} id={id} />
              )}
            </>
          );
        }}
      </Loaded>
    </Page>
  );
}
