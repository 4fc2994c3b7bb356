import type { Acl } from "@hotfire/console/api";
import type { ReactNode } from "react";
import { useApi } from "../api/use-api.ts";
import { useT } from "../i18n/index.ts";
import { Badge, Card, Loaded, Notice, Page } from "../ui/basics.tsx";
import { DataTable } from "../ui/table.tsx";

/** ACL 2.0: who may do what. Only shown: passwords and rules are not changed through a browser. */
export default function AclView(): ReactNode {
  const t = useT();
  const acl = useApi("acl", {});
  return (
    <Page title={t("nav.acl")} about={t("acl.about")}>
      <Loaded query={acl}>
        {(data) => (
          <>
            <Notice tone={data.authentication ? "good" : "neutral"}>
              {t(data.authentication ? "acl.authn.on" : "acl.authn.off")}{" "}
              {t(data.authorization ? "acl.authz.on" : "acl.authz.off")}
            </Notice>
            {data.problems.map(({ node, message }) => (
              <Notice key={node} tone="warn">
                {t("failed.at", { node, message: message ?? "" })}
              </Notice>
            ))}
            <Users of={data} />
            <Rules of={data} />
          </>
        )}
      </Loaded>
    </Page>
  );
}

function Users({ of }: { readonly of: Acl }): ReactNode {
  const t = useT();
  return (
    <Card flush title={t("acl.users")}>
      <DataTable
        label={t("acl.users")}
        rows={of.users}
        rowKey={({ username }) => username}
        empty={t("acl.nousers")}
        columns={[
          { header: t("acl.user"), accessorKey: "username" },
          { header: t("acl.type"), accessorKey: "type" },
          {
            header: t("acl.state"),
            accessorKey: "enabled",
            cell: ({ row: { original } }) => (
              <Badge tone={original.enabled ? "good" : "warn"}>
                {t(original.enabled ? "acl.on" : "acl.off")}
              </Badge>
            ),
          },
        ]}
      />
    </Card>
  );
}

function Rules({ of }: { readonly of: Acl }): ReactNode {
  const t = useT();
  const rows = of.rules.flatMap(({ subject, policies }) =>
    policies.flatMap(({ entries }) => entries.map((entry) => ({ subject, ...entry }))),
  );
  return (
    <Card flush title={t("acl.rules")}>
      <DataTable
        label={t("acl.rules")}
        rows={rows}
        rowKey={({ subject, resource, decision }) => `${subject}/${resource}/${decision}`}
        empty={t("acl.norules")}
        columns={[
          { header: t("acl.subject"), accessorKey: "subject" },
          { header: t("acl.resource"), accessorKey: "resource" },
          { header: t("acl.actions"), accessorFn: ({ actions }) => actions.join(", ") },
          { header: t("acl.ips"), accessorFn: ({ sourceIps }) => sourceIps.join(", ") },
          {
            header: t("acl.decision"),
            accessorKey: "decision",
            cell: ({ row: { original } }) => (
              <Badge tone={original.decision === "Allow" ? "good" : "bad"}>{original.decision}</Badge>
            ),
          },
        ]}
      />
    </Card>
  );
}
