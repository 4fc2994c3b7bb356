import type { ConsumerDetail } from "@hotfire/console/api";
import { type ReactNode, useState } from "react";
import { useLocation } from "wouter";
import { useChange } from "../../api/use-api.ts";
import { useT } from "../../i18n/index.ts";
import { FormDialog } from "../../ui/dialog.tsx";
import { CheckField, TextField } from "../../ui/form.tsx";
import { Outcomes } from "../../ui/outcomes.tsx";

/** Creates a consumer group, or with one changes it, at every broker group. */
export function ConsumerDialog(props: {
  readonly of?: ConsumerDetail;
  readonly onClose: () => void;
}): ReactNode {
  const t = useT();
  const [, go] = useLocation();
  const before = props.of?.configs[0];
  const create = useChange("createConsumer");
  const change = useChange("changeConsumer");
  const active = props.of === undefined ? create : change;
  const [name, setName] = useState("");
  const [retries, setRetries] = useState(String(before?.retryMaxTimes ?? 16));
  const [isEnabled, setEnabled] = useState(before?.consumeEnabled ?? true);
  const [isOrderly, setOrderly] = useState(before?.orderly ?? false);
  const submit = () => {
    const settings = {
      retryMaxTimes: Number(retries),
      consumeEnabled: isEnabled,
      orderly: isOrderly,
      ...(before === undefined
        ? {}
        : { retryQueues: before.retryQueues, consumeBroadcastEnabled: before.consumeBroadcastEnabled }),
    };
    const done = ({ outcomes }: { readonly outcomes: readonly { readonly ok: boolean }[] }) => {
      if (!outcomes.every(({ ok }) => ok)) return;
      props.onClose();
      if (props.of === undefined) go(`/consumers/${encodeURIComponent(name)}`);
    };
    if (props.of === undefined) create.mutate({ body: { name, ...settings } }, { onSuccess: done });
    else change.mutate({ params: { name: props.of.name }, body: settings }, { onSuccess: done });
  };
  return (
    <FormDialog
      title={props.of === undefined ? t("consumer.create") : t("consumer.change", { name: props.of.name })}
      submit={props.of === undefined ? t("create") : t("save")}
      onSubmit={submit}
      onClose={props.onClose}
      isBusy={active.isPending}
      error={active.error}
      disabled={props.of === undefined && name === ""}
    >
      {props.of === undefined && (
        <TextField
          label={t("name")}
          value={name}
          onChange={setName}
          hint={t("name.hint")}
          required
          autoFocus
        />
      )}
      <TextField
        label={t("retries.hint")}
        type="number"
        min={-1}
        max={1000}
        value={retries}
        onChange={setRetries}
      />
      <CheckField label={t("consumer.enabled")} value={isEnabled} onChange={setEnabled} />
      <CheckField label={t("consumer.orderly")} value={isOrderly} onChange={setOrderly} />
      {active.outcome !== undefined && <Outcomes of={active.outcome} />}
    </FormDialog>
  );
}
