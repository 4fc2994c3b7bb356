import { type ReactNode, useState } from "react";
import { useLocation } from "wouter";
import { useChange } from "../../api/use-api.ts";
import { useT } from "../../i18n/index.ts";
import { FormDialog } from "../../ui/dialog.tsx";
import { CheckField, TextField } from "../../ui/form.tsx";
import { Outcomes } from "../../ui/outcomes.tsx";

/** Creates a consumer group at every broker group. */
export function ConsumerDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const t = useT();
  const [, go] = useLocation();
  const create = useChange("createConsumer");
  const [name, setName] = useState("");
  const [retries, setRetries] = useState("16");
  const [isEnabled, setEnabled] = useState(true);
  const [isOrderly, setOrderly] = useState(false);
  const submit = () =>
    create.mutate(
      {
        body: { name, retryMaxTimes: Number(retries), consumeEnabled: isEnabled, orderly: isOrderly },
      },
      {
        onSuccess: ({ outcomes }) => {
          if (!outcomes.every(({ ok }) => ok)) return;
          onClose();
          go(`/consumers/${encodeURIComponent(name)}`);
        },
      },
    );
  return (
    <FormDialog
      title={t("consumer.create")}
      submit={t("create")}
      onSubmit={submit}
      onClose={onClose}
      isBusy={create.isPending}
      error={create.error}
      disabled={name === ""}
    >
      <TextField label={t("name")} value={name} onChange={setName} hint={t("name.hint")} required autoFocus />
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
      {create.outcome !== undefined && <Outcomes of={create.outcome} />}
    </FormDialog>
  );
}
