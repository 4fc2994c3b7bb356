import type { ReactNode } from "react";
import { useChange } from "../../api/use-api.ts";
import { useT } from "../../i18n/index.ts";
import { Notice } from "../../ui/basics.tsx";
import { FormDialog } from "../../ui/dialog.tsx";

interface ResendDialogProps {
  readonly params: { readonly topic: string; readonly id: string };
  readonly consumer: string;
  readonly onClose: () => void;
}

/** Has a connected client of the group consume the message once more, now. */
export function ResendDialog({ params, consumer, onClose }: ResendDialogProps): ReactNode {
  const t = useT();
  const resend = useChange("resendMessage");
  const { outcome } = resend;
  return (
    <FormDialog
      title={t("resend.to", { consumer })}
      submit={t("resend")}
      isBusy={resend.isPending}
      error={resend.error}
      onClose={onClose}
      onSubmit={() => resend.mutate({ params, body: { consumer } })}
    >
      <p className="what">{t("resend.what", { consumer })}</p>
      {outcome !== undefined && (
        <Notice tone={outcome.result === "success" ? "good" : "warn"}>
          {t("resend.done", { client: outcome.clientId, result: outcome.result, ms: outcome.tookMs })}{" "}
          {outcome.remark}
        </Notice>
      )}
    </FormDialog>
  );
}
