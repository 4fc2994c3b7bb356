import type { ReactNode } from "react";
import { useT } from "../i18n/index.ts";
import { SelectField } from "./form.tsx";

/** The choice that leaves a setting at each broker group as it has it. */
export const asItIs = "";

/** What `asItIs` is called: with the value that all have, or undefined where they differ. */
export function useStays(): (value: string | undefined) => string {
  const t = useT();
  return (value) => (value === undefined ? t("change.stays") : t("change.stays.as", { value }));
}

/** Yes, no, or `asItIs`. */
export function FlagField(props: {
  readonly label: string;
  readonly before: boolean | undefined;
  readonly value: string;
  readonly onChange: (value: string) => void;
}): ReactNode {
  const t = useT();
  const stays = useStays();
  return (
    <SelectField
      label={props.label}
      value={props.value}
      options={[
        [asItIs, stays(props.before === undefined ? undefined : t(props.before ? "yes" : "no"))],
        ["yes", t("yes")],
        ["no", t("no")],
      ]}
      onChange={props.onChange}
    />
  );
}
