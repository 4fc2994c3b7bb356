import type { RoleEvent } from "@hotfire/console/api";
import type { ReactNode } from "react";
import { useLive } from "../../api/live.ts";
import { dateTime, interval } from "../../format.ts";
import { type Translate, useT } from "../../i18n/index.ts";
import { Card } from "../../ui/basics.tsx";

const shown = 12;

/** Who was master, who is now, how long nobody was: failover as it happens, and what stays of it. */
export function RoleEvents(): ReactNode {
  const t = useT();
  const { roles } = useLive();
  return (
    <Card
      title={t("roles.title")}
      aside={roles.length > 0 ? t("roles.count", { n: roles.length }) : undefined}
    >
      {roles.length === 0 ? (
        <p className="empty small">{t("roles.none")}</p>
      ) : (
        <ol className="events" aria-live="polite">
          {roles.slice(0, shown).map((event) => (
            <li key={event.seq} className={isBad(event) ? "bad" : "good"}>
              <time dateTime={new Date(event.at).toISOString()}>{dateTime(event.at, true)}</time>
              <div>
                <b>{event.group}</b> {sentence(event, t)}
                {event.term !== null && <span className="quiet"> {t("term", { n: event.term })}</span>}
              </div>
              {event.gapMs !== null && (
                <span className="gap" title={t("roles.gap")}>
                  {interval(event.gapMinMs ?? 0, event.gapMs)}
                </span>
              )}
            </li>
          ))}
        </ol>
      )}
    </Card>
  );
}

function isBad({ to, writers }: RoleEvent): boolean {
  return to === null || (writers !== null && writers.length > 0);
}

function sentence(event: RoleEvent, t: Translate): string {
  const called = (id: string) => event.names[id] ?? id.slice(id.indexOf("@") + 1);
  const name = (id: string | null) => (id === null ? t("writer.none") : called(id));
  if (event.writers !== null) {
    return event.writers.length > 0
      ? t("roles.rivals", { writers: event.writers.map(called).join(", ") })
      : t("roles.alone", { to: name(event.to) });
  }
  if (event.to === null) return t("roles.lost", { from: name(event.from) });
  if (event.from === null) return t("roles.found", { to: name(event.to) });
  return t("roles.moved", { from: name(event.from), to: name(event.to) });
}
