import { type ReactNode, useState } from "react";
import { useLocation } from "wouter";
import { useChange } from "../../api/use-api.ts";
import { useT } from "../../i18n/index.ts";
import { FormDialog } from "../../ui/dialog.tsx";
import { SelectField, TextField } from "../../ui/form.tsx";
import { Outcomes } from "../../ui/outcomes.tsx";

const perms = ["6", "4", "2", "0"] as const;
const kinds = ["normal", "fifo", "delay", "transaction"] as const;

/** Creates a topic at every broker group. */
export function TopicDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const t = useT();
  const [, go] = useLocation();
  const create = useChange("createTopic");
  const [name, setName] = useState("");
  const [queues, setQueues] = useState("8");
  const [perm, setPerm] = useState<(typeof perms)[number]>("6");
  const [kind, setKind] = useState<(typeof kinds)[number]>("normal");
  const submit = () =>
    create.mutate(
      {
        body: { name, kind, readQueues: Number(queues), writeQueues: Number(queues), perm: Number(perm) },
      },
      {
        onSuccess: ({ outcomes }) => {
          if (!outcomes.every(({ ok }) => ok)) return;
          onClose();
          go(`/topics/${encodeURIComponent(name)}`);
        },
      },
    );
  return (
    <FormDialog
      title={t("topic.create")}
      submit={t("create")}
      onSubmit={submit}
      onClose={onClose}
      isBusy={create.isPending}
      error={create.error}
      disabled={name === ""}
    >
      <TextField label={t("name")} value={name} onChange={setName} hint={t("name.hint")} required autoFocus />
      <SelectField
        label={t("kind")}
        value={kind}
        options={kinds.map((value) => [value, t(`kind.${value}`)] as const)}
        onChange={setKind}
      />
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
      {create.outcome !== undefined && <Outcomes of={create.outcome} />}
    </FormDialog>
  );
}
