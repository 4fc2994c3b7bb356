import type { Session } from "@hotfire/console/api";
import { createContext, type ReactNode, useContext } from "react";
import { useT } from "../i18n/index.ts";

export const SessionContext = createContext<Session | undefined>(undefined);

export function useSession(): Session | undefined {
  return useContext(SessionContext);
}

/** A button for a change: while the console is read-only it is disabled, and says why. */
export function ChangeButton(props: {
  readonly onClick: () => void;
  readonly children: ReactNode;
  readonly danger?: boolean;
  readonly small?: boolean;
  readonly primary?: boolean;
  readonly disabled?: boolean;
}): ReactNode {
  const t = useT();
  const session = useSession();
  const readOnly = session?.readOnly ?? true;
  const names = [
    "button",
    props.danger && "danger-quiet",
    props.small && "small",
    props.primary && "primary",
  ];
  return (
    <button
      type="button"
      className={names.filter(Boolean).join(" ")}
      onClick={props.onClick}
      disabled={readOnly || props.disabled === true}
      title={readOnly ? t("readonly.hint") : undefined}
    >
      {props.children}
    </button>
  );
}
