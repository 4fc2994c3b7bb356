import { type ReactNode, useState } from "react";
import { Link } from "wouter";
import { useChange } from "../../api/use-api.ts";
import { useT } from "../../i18n/index.ts";
import { Notice } from "../../ui/basics.tsx";
import { FormDialog } from "../../ui/dialog.tsx";
import { TextArea, TextField } from "../../ui/form.tsx";

export function SendDialog(props: { readonly topic: string; readonly onClose: () => void }): ReactNode {
  const t = useT();
  const send = useChange("testSend");
  const [body, setBody] = useState('{"hello":"hotfire"}');
  const [tags, setTags] = useState("");
  const [keys, setKeys] = useState("");
  const submit = () =>
    send.mutate({
      params: { name: props.topic },
      body: { body, ...(tags === "" ? {} : { tags }), ...(keys === "" ? {} : { keys }) },
    });
  const { outcome } = send;
  return (
    <FormDialog
      title={t("send.to", { topic: props.topic })}
      submit={t("send")}
      onSubmit={submit}
      onClose={props.onClose}
      isBusy={send.isPending}
      error={send.error}
      disabled={body === ""}
    >
      <TextArea label={t("body")} value={body} onChange={setBody} />
      <div className="row">
        <TextField label={t("tags")} value={tags} onChange={setTags} />
        <TextField label={t("keys")} value={keys} onChange={setKeys} hint={t("keys.hint")} />
      </div>
      {outcome !== undefined && (
        <Notice tone={outcome.status === "stored" ? "good" : "warn"}>
          {t("send.done", {
            status: outcome.status,
            group: outcome.group,
            queue: outcome.queueId,
            offset: outcome.queueOffset,
            ms: outcome.tookMs.toFixed(1),
          })}{" "}
          <Link
            href={`/messages/${encodeURIComponent(props.topic)}/${encodeURIComponent(outcome.messageId)}`}
          >
            {t("message.open")}
          </Link>
        </Notice>
      )}
    </FormDialog>
  );
}
