import type { ReactNode } from "react";
import { useT } from "../i18n/index.ts";
import { SelectField } from "./form.tsx";

export const everywhere = "*";

/** Which of the broker groups that have something a change goes to; nothing to choose where there is one. */
export function WhereField(props: {
  readonly groups: readonly string[];
  readonly value: string;
  readonly onChange: (value: string) => void;
}): ReactNode {
  const t = useT();
  if (props.groups.length < 2) return null;
  return (
    <SelectField
      label={t("change.where")}
      value={props.value}
      options={[[everywhere, t("change.everywhere")], ...props.groups.map((name) => [name, name] as const)]}
      onChange={props.onChange}
    />
  );
}
