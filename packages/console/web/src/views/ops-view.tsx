import { apiBase, type Ops } from "@hotfire/console/api";
import { type ReactNode, type SyntheticEvent, useState } from "react";
import { basePath } from "../api/client.ts";
import { useApi, useChange } from "../api/use-api.ts";
import { bytes, count, duration, rate } from "../format.ts";
import { useT } from "../i18n/index.ts";
import { Card, Facts, Failure, Loaded, Page } from "../ui/basics.tsx";
import { CheckField } from "../ui/form.tsx";
import { useSession } from "../ui/permission.tsx";

const openApi = `${basePath}${apiBase}/openapi.json`;

export default function OpsView(): ReactNode {
  const t = useT();
  const ops = useApi("ops", {}, { everyMs: 5000 });
  const session = useSession();
  return (
    <Page title={t("nav.ops")} about={t("ops.about")}>
      <Loaded query={ops}>
        {(data) => (
          <div className="two">
            <Card title={t("ops.connection")}>
              <Connection key={`${data.namesrvs} ${data.vipChannel}`} of={data} />
            </Card>
            <Card title={t("ops.console")}>
              <Facts
                of={[
                  [t("version"), session?.version ?? "–"],
                  [t("ops.uptime"), duration(data.uptimeMs)],
                  [t("ops.viewers"), data.viewers],
                  [
                    t("ops.load"),
                    `${rate(data.load.perSecond)} ${t("per.second")} · ${count(data.load.requests)}`,
                  ],
                  [t("ops.memory"), bytes(data.memoryBytes)],
                  [
                    t("ops.openapi"),
                    <a key="openapi" href={openApi}>
                      {openApi}
                    </a>,
                  ],
                ]}
              />
            </Card>
          </div>
        )}
      </Loaded>
    </Page>
  );
}

function Connection({ of }: { readonly of: Ops }): ReactNode {
  const t = useT();
  const session = useSession();
  const change = useChange("changeOps");
  const [namesrvs, setNamesrvs] = useState(of.namesrvs);
  const [vip, setVip] = useState(of.vipChannel);
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    change.mutate({ body: { namesrvs: [...namesrvs], vipChannel: vip } });
  };
  return (
    <form className="form" onSubmit={submit}>
      <fieldset className="checks">
        <legend>{t("namesrvs")}</legend>
        {of.allowedNamesrvs.map((address) => (
          <CheckField
            key={address}
            label={address}
            value={namesrvs.includes(address)}
            onChange={(on) =>
              setNamesrvs(on ? [...namesrvs, address] : namesrvs.filter((other) => other !== address))
            }
          />
        ))}
        <p className="hint">{t("ops.namesrvs.hint", { configured: of.configuredNamesrvs.join(";") })}</p>
      </fieldset>
      <CheckField label={t("ops.vip")} value={vip} onChange={setVip} />
      {change.error !== null && <Failure error={change.error} />}
      <button
        type="submit"
        className="button primary"
        disabled={session?.readOnly !== false || change.isPending || namesrvs.length === 0}
        title={session?.readOnly === true ? t("readonly.hint") : undefined}
      >
        {t("save")}
      </button>
    </form>
  );
}
