import type { Missing as MissingOne } from "@hotfire/console/api";
import { type ReactNode, useState } from "react";
import { useChange } from "../../api/use-api.ts";
import { count, fieldTime } from "../../format.ts";
import { useT } from "../../i18n/index.ts";
import { Missing } from "../../ui/basics.tsx";
import { Dialog, FormDialog } from "../../ui/dialog.tsx";
import { SelectField, TextField } from "../../ui/form.tsx";

interface OffsetDialogProps {
  readonly topic: string;
  readonly consumers: readonly string[];
  readonly to: "reset" | "skip";
  readonly onClose: () => void;
}

/** Moves a consumer group: to a time, or behind all that has piled up. */
export function OffsetDialog({ topic, consumers, to, onClose }: OffsetDialogProps): ReactNode {
  const t = useT();
  const reset = useChange("resetOffset");
  const skip = useChange("skipAccumulated");
  const active = to === "reset" ? reset : skip;
  const [consumer, setConsumer] = useState(consumers[0] ?? "");
  const [time, setTime] = useState(() => fieldTime(Date.now() - 3_600_000));
  const [typed, setTyped] = useState("");
  const submit = () => {
    const params = { name: topic };
    if (to === "skip") skip.mutate({ params, body: { consumer, confirm: typed } });
    else reset.mutate({ params, body: { consumer, to: new Date(time).getTime(), confirm: typed } });
  };
  if (active.outcome !== undefined) return <Moved of={active.outcome} onClose={onClose} />;
  return (
    <FormDialog
      title={t(to === "reset" ? "offset.reset" : "offset.skip")}
      submit={t("offset.move")}
      onSubmit={submit}
      onClose={onClose}
      isBusy={active.isPending}
      error={active.error}
      disabled={typed !== consumer}
      danger
    >
      <p className="what">{t(to === "reset" ? "offset.reset.what" : "offset.skip.what", { topic })}</p>
      <SelectField
        label={t("consumer")}
        value={consumer}
        options={consumers.map((name) => [name, name] as const)}
        onChange={setConsumer}
      />
      {to === "reset" && (
        <TextField label={t("offset.time")} type="datetime-local" value={time} onChange={setTime} />
      )}
      <TextField label={t("confirm.type", { name: consumer })} value={typed} onChange={setTyped} />
    </FormDialog>
  );
}

interface MovedProps {
  readonly of: {
    readonly queues: readonly { group: string; queueId: number; before: number | null; after: number }[];
    readonly missing: readonly MissingOne[];
  };
  readonly onClose: () => void;
}

function Moved({ of, onClose }: MovedProps): ReactNode {
  const t = useT();
  return (
    <Dialog title={t("offset.moved")} onClose={onClose}>
      <Missing of={of.missing} />
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{t("group")}</th>
            <th scope="col" className="num">
              {t("queue")}
            </th>
            <th scope="col" className="num">
              {t("before")}
            </th>
            <th scope="col" className="num">
              {t("after")}
            </th>
          </tr>
        </thead>
        <tbody>
          {of.queues.map(({ group, queueId, before, after }) => (
            <tr key={`${group}/${queueId}`}>
              <td>{group}</td>
              <td className="num">{queueId}</td>
              <td className="num">{before === null ? "–" : count(before)}</td>
              <td className="num">{count(after)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Dialog>
  );
}
