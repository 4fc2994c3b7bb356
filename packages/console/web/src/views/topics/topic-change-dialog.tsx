import type { TopicDetail } from "@hotfire/console/api";
import { type ReactNode, useState } from "react";
import { useChange } from "../../api/use-api.ts";
import { useT } from "../../i18n/index.ts";
import { changedNumber, common, seenBy } from "../../ui/changed-fields.ts";
import { FormDialog } from "../../ui/dialog.tsx";
import { SelectField, TextField } from "../../ui/form.tsx";
import { asItIs, FlagField, useStays } from "../../ui/kept-field.tsx";
import { Outcomes } from "../../ui/outcomes.tsx";
import { everywhere, WhereField } from "../../ui/where-field.tsx";
import { permissionText } from "./topics-view.tsx";

const perms = [6, 4, 2, 0] as const;

/** Changes settings of a topic at the broker groups that have it; what is not touched stays as each of them has it. */
export function TopicChangeDialog({
  of,
  onClose,
}: {
  readonly of: TopicDetail;
  readonly onClose: () => void;
}): ReactNode {
  const t = useT();
  const stays = useStays();
  const change = useChange("changeTopic");
  // As it was when the dialog was opened: the page behind it is read again and again.
  const [before] = useState(of.configs);
  const [where, setWhere] = useState(everywhere);
  const configs = before.filter(({ group }) => where === everywhere || group === where);
  const [reads, setReads] = useState<string>();
  const [writes, setWrites] = useState<string>();
  const [perm, setPerm] = useState(asItIs);
  const [order, setOrder] = useState(asItIs);
  const readsBefore = common(configs.map(({ readQueues }) => readQueues));
  const writesBefore = common(configs.map(({ writeQueues }) => writeQueues));
  const permBefore = common(configs.map((config) => config.perm));
  const orderBefore = common(configs.map((config) => config.order));
  const readQueues = changedNumber(reads ?? "", readsBefore);
  const writeQueues = changedNumber(writes ?? "", writesBefore);
  const body = {
    ...(readQueues === undefined ? {} : { readQueues }),
    ...(writeQueues === undefined ? {} : { writeQueues }),
    ...(perm === asItIs ? {} : { perm: Number(perm) }),
    ...(order === asItIs ? {} : { order: order === "yes" }),
  };
  const differs = (key: "readQueues" | "writeQueues") =>
    configs.map((config) => `${config.group}: ${config[key]}`).join(", ");
  const submit = () =>
    change.mutate(
      { params: { name: of.name }, body: { change: body, expected: seenBy(configs) } },
      { onSuccess: ({ outcomes }) => outcomes.every(({ ok }) => ok) && onClose() },
    );
  return (
    <FormDialog
      title={t("topic.change", { name: of.name })}
      submit={t("save")}
      onSubmit={submit}
      onClose={onClose}
      isBusy={change.isPending}
      error={change.error}
      disabled={Object.keys(body).length === 0}
    >
      <WhereField groups={before.map(({ group }) => group)} value={where} onChange={setWhere} />
      <TextField
        label={t("queues.read")}
        type="number"
        min={1}
        max={1024}
        value={reads ?? String(readsBefore ?? "")}
        onChange={setReads}
        {...(readsBefore === undefined ? { hint: differs("readQueues") } : {})}
      />
      <TextField
        label={t("queues.write")}
        type="number"
        min={0}
        max={1024}
        value={writes ?? String(writesBefore ?? "")}
        onChange={setWrites}
        hint={writesBefore === undefined ? differs("writeQueues") : t("queues.drain")}
      />
      <SelectField
        label={t("perm")}
        value={perm}
        options={[
          [asItIs, stays(permBefore === undefined ? undefined : permissionText(permBefore, t))],
          ...perms.map((bits) => [String(bits), permissionText(bits, t)] as const),
        ]}
        onChange={setPerm}
      />
      <FlagField label={t("topic.order")} before={orderBefore} value={order} onChange={setOrder} />
      {change.outcome !== undefined && <Outcomes of={change.outcome} />}
    </FormDialog>
  );
}
