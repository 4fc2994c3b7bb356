import type { ReactNode } from "react";
import { Link } from "wouter";
import { useApi } from "../../api/use-api.ts";
import { duration } from "../../format.ts";
import { useT } from "../../i18n/index.ts";
import { Card, Loaded, Missing } from "../../ui/basics.tsx";
import { lagText } from "../consumers/lag-text.ts";

/** The consumer groups that are furthest behind, by messages and by time. */
export function Lagging(): ReactNode {
  const t = useT();
  const lagging = useApi("laggingConsumers", {}, { everyMs: 10_000 });
  const more = lagging.data?.more ?? 0;
  return (
    <Card title={t("lagging.title")} aside={more > 0 ? t("lagging.more", { n: more }) : undefined}>
      <Loaded query={lagging}>
        {({ consumers, missing }) => (
          <>
            <Missing of={missing} />
            {consumers.length === 0 ? (
              <p className="empty small">{t("lagging.none")}</p>
            ) : (
              <ul className="nodes">
                {consumers.map(({ name, lag, behindMs }) => (
                  <li key={name}>
                    <Link className="mono" href={`/consumers/${encodeURIComponent(name)}`}>
                      {name}
                    </Link>
                    <span>{lagText(lag, t)}</span>
                    <span className="quiet">
                      {behindMs === null ? "" : t("lagging.behind", { time: duration(behindMs) })}
                    </span>
                  </li>
                ))}
              </ul>
            )}
          </>
        )}
      </Loaded>
    </Card>
  );
}
