import type { TopicDetail } from "@hotfire/console/api";
import { type ReactNode, useState } from "react";
import { useLocation } from "wouter";
import { useChange } from "../../api/use-api.ts";
import { useT } from "../../i18n/index.ts";
import { FormDialog } from "../../ui/dialog.tsx";
import { SelectField, TextField } from "../../ui/form.tsx";
import { Outcomes } from "../../ui/outcomes.tsx";

const perms = ["6", "4", "2", "0"] as const;
const kinds = ["normal", "fifo", "delay", "transaction"] as const;

/** Creates a topic, or with one changes it, at every broker group. */
export function TopicDialog(props: { readonly of?: TopicDetail; readonly onClose: () => void }): ReactNode {
  const t = useT();
  const [, go] = useLocation();
  const before = props.of?.configs[0];
  const create = useChange("createTopic");
  const change = useChange("changeTopic");
  const [name, setName] = useState("");
  const [queues, setQueues] = useState(String(before?.writeQueues ?? 8));
  const [perm, setPerm] = useState(perms.find((value) => value === String(before?.perm)) ?? "6");
  const [kind, setKind] = useState<(typeof kinds)[number]>("normal");
  const isNew = props.of === undefined;
  const active = isNew ? create : change;
  const submit = () => {
    const settings = { readQueues: Number(queues), writeQueues: Number(queues), perm: Number(perm) };
    const done = ({ outcomes }: { readonly outcomes: readonly { readonly ok: boolean }[] }) => {
      if (!outcomes.every(({ ok }) => ok)) return;
      props.onClose();
      if (isNew) go(`/topics/${encodeURIComponent(name)}`);
    };
    if (props.of === undefined) create.mutate({ body: { name, kind, ...settings } }, { onSuccess: done });
    else change.mutate({ params: { name: props.of.name }, body: settings }, { onSuccess: done });
  };
  return (
    <FormDialog
      title={isNew ? t("topic.create") : t("topic.change", { name: props.of?.name ?? "" })}
      submit={isNew ? t("create") : t("save")}
      onSubmit={submit}
      onClose={props.onClose}
      isBusy={active.isPending}
      error={active.error}
      disabled={isNew && name === ""}
    >
      {isNew && (
        <>
          <TextField
            label={t("name")}
            value={name}
            onChange={setName}
            hint={t("name.hint")}
            required
            autoFocus
          />
          <SelectField
            label={t("kind")}
            value={kind}
            options={kinds.map((value) => [value, t(`kind.${value}`)] as const)}
            onChange={setKind}
          />
        </>
      )}
      <TextField
        label={t("queues.each")}
        type="number"
        min={1}
        max={1024}
        value={queues}
        onChange={setQueues}
      />
      <SelectField
        label={t("perm")}
        value={perm}
        options={[
          ["6", `${t("perm.read")} + ${t("perm.write")}`],
          ["4", t("perm.read")],
          ["2", t("perm.write")],
          ["0", t("perm.none")],
        ]}
        onChange={setPerm}
      />
      {active.outcome !== undefined && <Outcomes of={active.outcome} />}
    </FormDialog>
  );
}
