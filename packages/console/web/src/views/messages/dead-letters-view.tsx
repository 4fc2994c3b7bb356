import type { MessageSummary } from "@hotfire/console/api";
import type { ColumnDef } from "@tanstack/react-table";
import { type ReactNode, useMemo, useState } from "react";
import { urlOf } from "../../api/client.ts";
import { useApi, useChange } from "../../api/use-api.ts";
import { count } from "../../format.ts";
import { useT } from "../../i18n/index.ts";
import { Card, Loaded, Notice, Page } from "../../ui/basics.tsx";
import { ConfirmDialog } from "../../ui/dialog.tsx";
import { ChangeButton } from "../../ui/permission.tsx";
import { MessageTable } from "./message-table.tsx";

/** What consumer groups have given up on. */
export default function DeadLettersView(): ReactNode {
  const t = useT();
  const queues = useApi("dlq", {}, { everyMs: 10_000 });
  const [chosen, setChosen] = useState<string>();
  return (
    <Page title={t("nav.dlq")} about={t("dlq.about")}>
      <Loaded query={queues}>
        {(data) =>
          data.queues.length === 0 ? (
            <p className="empty">{t("dlq.none")}</p>
          ) : (
            <Card>
              <ul className="nodes">
                {data.queues.map(({ consumer, messages }) => (
                  <li key={consumer}>
                    <button
                      type="button"
                      className="link mono"
                      aria-expanded={consumer === chosen}
                      onClick={() => setChosen(consumer === chosen ? undefined : consumer)}
                    >
                      {consumer}
                    </button>
                    <span className="quiet">{t("messages.n", { n: count(messages) })}</span>
                    <a className="button small" href={urlOf("dlqExport", { name: consumer })} download>
                      {t("export")}
                    </a>
                  </li>
                ))}
              </ul>
            </Card>
          )
        }
      </Loaded>
      {chosen !== undefined && <DeadLetters key={chosen} consumer={chosen} />}
    </Page>
  );
}

function DeadLetters({ consumer }: { readonly consumer: string }): ReactNode {
  const t = useT();
  const letters = useApi("dlqMessages", { params: { name: consumer }, query: { limit: 200 } });
  const [picked, setPicked] = useState<readonly string[]>([]);
  const [isOpen, setOpen] = useState(false);
  const resend = useChange("dlqResend");
  const pick = useMemo<ColumnDef<MessageSummary>[]>(
    () => [
      {
        id: "pick",
        header: "",
        enableSorting: false,
        cell: ({ row: { original } }) => (
          <input
            type="checkbox"
            aria-label={original.messageId}
            checked={picked.includes(original.messageId)}
            onChange={({ target }) =>
              setPicked((before) =>
                target.checked
                  ? [...before, original.messageId]
                  : before.filter((id) => id !== original.messageId),
              )
            }
          />
        ),
      },
    ],
    [picked],
  );
  const failed = resend.outcome?.results.filter(({ ok }) => !ok) ?? [];
  const topics = [...new Set(resend.outcome?.results.flatMap(({ topic }) => topic ?? []))];
  return (
    <Card
      flush
      title={consumer}
      aside={
        <ChangeButton small disabled={picked.length === 0} onClick={() => setOpen(true)}>
          {t("dlq.resend", { n: picked.length })}
        </ChangeButton>
      }
    >
      {resend.outcome !== undefined && (
        <Notice tone={failed.length === 0 ? "good" : "warn"}>
          {t("dlq.resent", { n: resend.outcome.results.length - failed.length })}{" "}
          {topics.length > 0 && t("dlq.resent.to", { topics: topics.join(", ") })}
          {failed.map(({ messageId, message }) => (
            <div key={messageId}>{t("failed.at", { node: messageId, message: message ?? "" })}</div>
          ))}
        </Notice>
      )}
      <Loaded query={letters}>{(data) => <MessageTable of={data} before={pick} />}</Loaded>
      {isOpen && (
        <ConfirmDialog
          title={t("dlq.resend", { n: picked.length })}
          what={t("dlq.resend.what", { n: picked.length, consumer })}
          name={consumer}
          submit={t("resend")}
          isBusy={resend.isPending}
          error={resend.error}
          onClose={() => setOpen(false)}
          onConfirm={(confirm) =>
            resend.mutate(
              { params: { name: consumer }, body: { messageIds: [...picked], confirm } },
              { onSuccess: () => setOpen(false) },
            )
          }
        />
      )}
    </Card>
  );
}
