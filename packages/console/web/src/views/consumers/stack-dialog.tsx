import type { ReactNode } from "react";
import { useApi } from "../../api/use-api.ts";
import { useT } from "../../i18n/index.ts";
import { Facts, Loaded } from "../../ui/basics.tsx";
import { Dialog } from "../../ui/dialog.tsx";

interface StackDialogProps {
  readonly consumer: string;
  readonly clientId: string;
  readonly onClose: () => void;
}

/** What a client says of itself: its queues, its threads, its settings. */
export function StackDialog({ consumer, clientId, onClose }: StackDialogProps): ReactNode {
  const t = useT();
  const stack = useApi("consumerStack", { params: { name: consumer, clientId } });
  return (
    <Dialog title={clientId} onClose={onClose} wide>
      <Loaded query={stack}>
        {(data) => (
          <div className="form">
            <h3>{t("stack.threads")}</h3>
            <pre className="code tall">{data.stack ?? t("stack.none")}</pre>
            <h3>{t("queues")}</h3>
            <Facts
              of={data.queues.map(({ topic, group, queueId, cached }) => [
                `${topic} · ${group} · ${queueId}`,
                t("stack.cached", { n: cached }),
              ])}
            />
            <h3>{t("properties")}</h3>
            <Facts of={Object.entries(data.properties).sort(([a], [b]) => a.localeCompare(b))} />
          </div>
        )}
      </Loaded>
    </Dialog>
  );
}
