import type { TopicDetail } from "@hotfire/console/api";
import { type ReactNode, useState } from "react";
import { Link, useLocation, useParams } from "wouter";
import { useApi, useChange } from "../../api/use-api.ts";
import { count, dateTime } from "../../format.ts";
import { useT } from "../../i18n/index.ts";
import { Badge, Card, Loaded, Missing, Page } from "../../ui/basics.tsx";
import { ConfirmDialog } from "../../ui/dialog.tsx";
import { ChangeButton } from "../../ui/permission.tsx";
import { DataTable } from "../../ui/table.tsx";
import { OffsetDialog } from "./offset-dialog.tsx";
import { SendDialog } from "./send-dialog.tsx";
import { TopicChangeDialog } from "./topic-change-dialog.tsx";
import { permissionText } from "./topics-view.tsx";

type Open = "send" | "change" | "delete" | "reset" | "skip";

export default function TopicView(): ReactNode {
  const t = useT();
  const { name = "" } = useParams();
  const topic = useApi("topic", { params: { name } }, { everyMs: 3000 });
  const [open, setOpen] = useState<Open>();
  const close = () => setOpen(undefined);
  const { data } = topic;
  const isOwn = data !== undefined && data.kind !== "system";
  return (
    <Page
      title={<span className="mono">{name}</span>}
      about={
        <>
          <Link href="/topics">← {t("nav.topics")}</Link>{" "}
          {data !== undefined && <Badge>{t(`kind.${data.kind}`)}</Badge>}
        </>
      }
      actions={
        isOwn && (
          <>
            <ChangeButton primary onClick={() => setOpen("send")}>
              {t("send")}
            </ChangeButton>
            <ChangeButton onClick={() => setOpen("change")}>{t("change")}</ChangeButton>
            <ChangeButton danger onClick={() => setOpen("delete")}>
              {t("delete")}
            </ChangeButton>
          </>
        )
      }
    >
      <Loaded query={topic}>
        {(detail) => (
          <>
            <Missing of={detail.missing} />
            <Queues of={detail} />
            <div className="two">
              <Consumers of={detail} onOpen={setOpen} />
              <Route of={detail} />
            </div>
            {open === "send" && <SendDialog topic={name} onClose={close} />}
            {open === "change" && <TopicChangeDialog of={detail} onClose={close} />}
            {open === "delete" && <DeleteDialog of={detail} onClose={close} />}
            {(open === "reset" || open === "skip") && (
              <OffsetDialog topic={name} consumers={detail.consumers} to={open} onClose={close} />
            )}
          </>
        )}
      </Loaded>
    </Page>
  );
}

function messagesIn({ queues }: TopicDetail): number {
  return queues.reduce((sum, { minOffset, maxOffset }) => sum + maxOffset - minOffset, 0);
}

function Queues({ of }: { readonly of: TopicDetail }): ReactNode {
  const t = useT();
  const messages = messagesIn(of);
  return (
    <Card flush title={t("queues")} aside={t("messages.n", { n: count(messages) })}>
      <DataTable
        label={t("queues")}
        rows={of.queues}
        rowKey={({ group, queueId }) => `${group}/${queueId}`}
        empty={t("queues.none")}
        columns={[
          { header: t("group"), accessorKey: "group" },
          { header: t("queue"), accessorKey: "queueId", meta: { numeric: true } },
          {
            header: t("offset.min"),
            accessorKey: "minOffset",
            cell: ({ row }) => count(row.original.minOffset),
            meta: { numeric: true },
          },
          {
            header: t("offset.max"),
            accessorKey: "maxOffset",
            cell: ({ row }) => count(row.original.maxOffset),
            meta: { numeric: true },
          },
          {
            header: t("messages"),
            accessorFn: ({ minOffset, maxOffset }) => maxOffset - minOffset,
            cell: ({ row: { original } }) => count(original.maxOffset - original.minOffset),
            meta: { numeric: true },
          },
          {
            header: t("stored.last"),
            accessorFn: ({ lastStoredAt }) => lastStoredAt ?? 0,
            cell: ({ row: { original } }) =>
              original.lastStoredAt === null ? (
                <span className="quiet">–</span>
              ) : (
                dateTime(original.lastStoredAt)
              ),
          },
        ]}
      />
    </Card>
  );
}

function Consumers(props: { readonly of: TopicDetail; readonly onOpen: (what: Open) => void }): ReactNode {
  const t = useT();
  const { consumers } = props.of;
  return (
    <Card
      title={t("nav.consumers")}
      aside={
        consumers.length > 0 && (
          <>
            <ChangeButton small onClick={() => props.onOpen("reset")}>
              {t("offset.reset")}
            </ChangeButton>
            <ChangeButton small onClick={() => props.onOpen("skip")}>
              {t("offset.skip")}
            </ChangeButton>
          </>
        )
      }
    >
      {consumers.length === 0 ? (
        <p className="empty small">{t("topic.noconsumers")}</p>
      ) : (
        <ul className="nodes">
          {consumers.map((consumer) => (
            <li key={consumer}>
              <Link className="mono" href={`/consumers/${encodeURIComponent(consumer)}`}>
                {consumer}
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

function Route({ of }: { readonly of: TopicDetail }): ReactNode {
  const t = useT();
  return (
    <Card title={t("route")}>
      <ul className="nodes">
        {of.route.map((one) => (
          <li key={one.group}>
            <b>{one.group}</b>
            <span className="quiet">
              {t("route.queues", { read: one.readQueues, write: one.writeQueues })} ·{" "}
              {permissionText(one.perm, t)}
            </span>
            <span className="mono quiet">
              {one.brokers.map(({ brokerId, address }) => `${brokerId}: ${address}`).join("  ")}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function DeleteDialog({
  of,
  onClose,
}: {
  readonly of: TopicDetail;
  readonly onClose: () => void;
}): ReactNode {
  const t = useT();
  const [, go] = useLocation();
  const remove = useChange("deleteTopic");
  const messages = messagesIn(of);
  const values = {
    name: of.name,
    messages: count(messages),
    groups: of.configs.map(({ group }) => group).join(", "),
    consumers: of.consumers.length,
  };
  return (
    <ConfirmDialog
      title={t("topic.delete", { name: of.name })}
      what={t("topic.delete.what", values)}
      name={of.name}
      submit={t("delete")}
      isBusy={remove.isPending}
      error={remove.error}
      onClose={onClose}
      onConfirm={(confirm) =>
        remove.mutate({ params: { name: of.name }, body: { confirm } }, { onSuccess: () => go("/topics") })
      }
    />
  );
}
