import * as Ariakit from "@ariakit/react";
import { type ReactNode, type SyntheticEvent, useState } from "react";
import type { ApiFailure } from "../api/client.ts";
import { useT } from "../i18n/index.ts";
import { Failure } from "./basics.tsx";
import { TextField } from "./form.tsx";

interface DialogProps {
  readonly title: ReactNode;
  readonly onClose: () => void;
  readonly children: ReactNode;
  readonly wide?: boolean;
}

export function Dialog({ title, onClose, children, wide }: DialogProps): ReactNode {
  const t = useT();
  return (
    <Ariakit.Dialog
      open
      onClose={onClose}
      className={wide ? "dialog wide" : "dialog"}
      backdrop={<div className="backdrop" />}
      preventBodyScroll={false}
    >
      <header className="dialog-head">
        <Ariakit.DialogHeading>{title}</Ariakit.DialogHeading>
        <Ariakit.DialogDismiss className="icon-button" aria-label={t("close")}>
          ✕
        </Ariakit.DialogDismiss>
      </header>
      {children}
    </Ariakit.Dialog>
  );
}

interface FormDialogProps {
  readonly title: ReactNode;
  readonly submit: string;
  readonly onSubmit: () => void;
  readonly onClose: () => void;
  readonly isBusy: boolean;
  readonly error: ApiFailure | null;
  readonly disabled?: boolean;
  readonly danger?: boolean;
  readonly wide?: boolean;
  readonly children: ReactNode;
}

export function FormDialog(props: FormDialogProps): ReactNode {
  const t = useT();
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    props.onSubmit();
  };
  return (
    <Dialog title={props.title} onClose={props.onClose} wide={props.wide ?? false}>
      <form onSubmit={submit} className="form">
        {props.children}
        {props.error !== null && <Failure error={props.error} />}
        <footer className="dialog-foot">
          <button type="button" className="button" onClick={props.onClose}>
            {t("cancel")}
          </button>
          <button
            type="submit"
            className={props.danger ? "button danger" : "button primary"}
            disabled={props.isBusy || props.disabled === true}
          >
            {props.isBusy ? t("working") : props.submit}
          </button>
        </footer>
      </form>
    </Dialog>
  );
}

interface ConfirmProps {
  readonly title: ReactNode;
  /** What goes, and what cannot be undone. */
  readonly what: ReactNode;
  /** Has to be typed. */
  readonly name: string;
  readonly submit: string;
  readonly onConfirm: (typed: string) => void;
  readonly onClose: () => void;
  readonly isBusy: boolean;
  readonly error: ApiFailure | null;
  readonly children?: ReactNode;
}

/** Nothing is destroyed by one click: the name of what goes is typed. */
export function ConfirmDialog(props: ConfirmProps): ReactNode {
  const t = useT();
  const [typed, setTyped] = useState("");
  return (
    <FormDialog
      title={props.title}
      submit={props.submit}
      onSubmit={() => props.onConfirm(typed)}
      onClose={props.onClose}
      isBusy={props.isBusy}
      error={props.error}
      disabled={typed !== props.name}
      danger
    >
      <div className="what">{props.what}</div>
      {props.children}
      <TextField
        label={t("confirm.type", { name: props.name })}
        value={typed}
        onChange={setTyped}
        autoFocus
      />
    </FormDialog>
  );
}
