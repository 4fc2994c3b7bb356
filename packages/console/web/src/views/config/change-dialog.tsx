import type { Config, ConfigEntry } from "@hotfire/console/api";
import { type ReactNode, useState } from "react";
import { useChange } from "../../api/use-api.ts";
import { useT } from "../../i18n/index.ts";
import { Notice } from "../../ui/basics.tsx";
import { FormDialog } from "../../ui/dialog.tsx";
import { CheckField, TextField } from "../../ui/form.tsx";
import { Outcomes } from "../../ui/outcomes.tsx";

interface ChangeDialogProps {
  readonly of: Config;
  readonly entry: ConfigEntry;
  readonly onClose: () => void;
}

/** Shows what would change where before anything is sent. */
export function ChangeDialog({ of, entry, onClose }: ChangeDialogProps): ReactNode {
  const t = useT();
  const change = useChange("changeConfig");
  const nodes = of.nodes.filter(({ id }) => id in entry.values);
  const [chosen, setChosen] = useState<readonly string[]>(nodes.map(({ id }) => id));
  const [value, setValue] = useState(Object.values(entry.values)[0] ?? "");
  const changed = chosen.filter((id) => entry.values[id] !== value);
  const submit = () =>
    change.mutate({
      body: {
        nodes: [...changed],
        properties: { [entry.key]: value },
        expected: { [entry.key]: Object.fromEntries(changed.map((id) => [id, entry.values[id] ?? ""])) },
      },
    });
  return (
    <FormDialog
      title={<code>{entry.key}</code>}
      submit={t("config.send", { n: changed.length })}
      onSubmit={submit}
      onClose={onClose}
      isBusy={change.isPending}
      error={change.error}
      disabled={changed.length === 0 || change.outcome !== undefined}
      wide
    >
      <TextField label={t("value")} value={value} onChange={setValue} autoFocus />
      <fieldset className="checks">
        <legend>{t("config.where")}</legend>
        {nodes.map(({ id, label }) => (
          <CheckField
            key={id}
            label={label}
            value={chosen.includes(id)}
            onChange={(on) => setChosen(on ? [...chosen, id] : chosen.filter((other) => other !== id))}
          />
        ))}
      </fieldset>
      <div className="diff" role="status" aria-label={t("config.diff")}>
        {changed.length === 0 ? (
          <p className="quiet">{t("config.nothing")}</p>
        ) : (
          changed.map((id) => (
            <div key={id}>
              <span className="quiet">{nodes.find((node) => node.id === id)?.label}</span>
              <del>
                {entry.key}={entry.values[id]}
              </del>
              <ins>
                {entry.key}={value}
              </ins>
            </div>
          ))
        )}
      </div>
      <Notice tone="neutral">{t("config.untilrestart")}</Notice>
      {change.outcome !== undefined && <Outcomes of={change.outcome} />}
    </FormDialog>
  );
}
