import type { ConsumerDetail } from "@hotfire/console/api";
import { type ReactNode, useState } from "react";
import { useChange } from "../../api/use-api.ts";
import { useT } from "../../i18n/index.ts";
import { changedNumber, common, seenBy } from "../../ui/changed-fields.ts";
import { FormDialog } from "../../ui/dialog.tsx";
import { TextField } from "../../ui/form.tsx";
import { asItIs, FlagField } from "../../ui/kept-field.tsx";
import { Outcomes } from "../../ui/outcomes.tsx";
import { everywhere, WhereField } from "../../ui/where-field.tsx";

/** Changes settings of a consumer group at the broker groups that have it; what is not touched stays as each has it. */
export function ConsumerChangeDialog({
  of,
  onClose,
}: {
  readonly of: ConsumerDetail;
  readonly onClose: () => void;
}): ReactNode {
  const t = useT();
  const change = useChange("changeConsumer");
  // As it was when the dialog was opened: the page behind it is read again and again.
  const [before] = useState(of.configs);
  const [where, setWhere] = useState(everywhere);
  const configs = before.filter(({ group }) => where === everywhere || group === where);
  const [retries, setRetries] = useState<string>();
  const [enabled, setEnabled] = useState(asItIs);
  const [orderly, setOrderly] = useState(asItIs);
  const retriesBefore = common(configs.map((config) => config.retryMaxTimes));
  const retryMaxTimes = changedNumber(retries ?? "", retriesBefore);
  const body = {
    ...(retryMaxTimes === undefined ? {} : { retryMaxTimes }),
    ...(enabled === asItIs ? {} : { consumeEnabled: enabled === "yes" }),
    ...(orderly === asItIs ? {} : { orderly: orderly === "yes" }),
  };
  const submit = () =>
    change.mutate(
      { params: { name: of.name }, body: { change: body, expected: seenBy(configs) } },
      { onSuccess: ({ outcomes }) => outcomes.every(({ ok }) => ok) && onClose() },
    );
  return (
    <FormDialog
      title={t("consumer.change", { name: of.name })}
      submit={t("save")}
      onSubmit={submit}
      onClose={onClose}
      isBusy={change.isPending}
      error={change.error}
      disabled={Object.keys(body).length === 0}
    >
      <WhereField groups={before.map(({ group }) => group)} value={where} onChange={setWhere} />
      <TextField
        label={t("retries.hint")}
        type="number"
        min={-1}
        max={1000}
        value={retries ?? String(retriesBefore ?? "")}
        onChange={setRetries}
        {...(retriesBefore === undefined
          ? { hint: configs.map((config) => `${config.group}: ${config.retryMaxTimes}`).join(", ") }
          : {})}
      />
      <FlagField
        label={t("consumer.enabled")}
        before={common(configs.map(({ consumeEnabled }) => consumeEnabled))}
        value={enabled}
        onChange={setEnabled}
      />
      <FlagField
        label={t("consumer.orderly")}
        before={common(configs.map((config) => config.orderly))}
        value={orderly}
        onChange={setOrderly}
      />
      {change.outcome !== undefined && <Outcomes of={change.outcome} />}
    </FormDialog>
  );
}
