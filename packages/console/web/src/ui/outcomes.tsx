import type { ChangeResult } from "@hotfire/console/api";
import type { ReactNode } from "react";
import { useT } from "../i18n/index.ts";
import { Notice } from "./basics.tsx";

/** What a change came to at each node it went to. */
export function Outcomes({ of }: { readonly of: ChangeResult }): ReactNode {
  const t = useT();
  const failed = of.outcomes.filter(({ ok }) => !ok);
  if (failed.length === 0) {
    return (
      <Notice tone="good">{t("done.at", { nodes: of.outcomes.map(({ node }) => node).join(", ") })}</Notice>
    );
  }
  return (
    <Notice tone="warn">
      {failed.map(({ node, message }) => (
        <div key={node}>{t("failed.at", { node, message: message ?? "" })}</div>
      ))}
    </Notice>
  );
}
