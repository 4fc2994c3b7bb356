import { messageOf } from "@hotfire/base";
import { acls, aclUsers } from "@hotfire/remoting";
import type { Acl } from "../../api/index.ts";
import type { ClusterAccess } from "./access.ts";

/** Users and rules as brokers list them. The console signs no requests: where brokers authenticate, they refuse it. */
export async function readAcl(access: ClusterAccess): Promise<Acl> {
  const { remoting, options } = access;
  const has = (key: string) => access.watch.brokers.some(({ config }) => config?.get(key) === "true");
  const authentication = has("authenticationEnabled");
  const authorization = has("authorizationEnabled");
  const off = { authentication, authorization, users: [], rules: [], problems: [] };
  if (!authentication && !authorization) {
    return {
      ...off,
      hint: "The brokers ask no client for a login: authenticationEnabled and authorizationEnabled are off.",
    };
  }
  const problems: Acl["problems"] = [];
  const { sources } = access.sources();
  const users: Acl["users"] = [];
  const rules: Acl["rules"] = [];
  for (const { group, address } of sources) {
    try {
      for (const { username, userType, userStatus } of await aclUsers(remoting, address, options)) {
        if (users.some((user) => user.username === username)) continue;
        users.push({ username, type: userType ?? "Normal", enabled: userStatus !== "disable" });
      }
      for (const { subject, policies } of await acls(remoting, address, options)) {
        if (rules.some((rule) => rule.subject === subject)) continue;
        rules.push({
          subject,
          policies: policies.map(({ policyType, entries }) => ({
            type: policyType ?? "Custom",
            entries: entries.map(({ resource, actions, sourceIps, decision }) => ({
              resource,
              actions: [...(actions ?? [])],
              sourceIps: [...(sourceIps ?? [])],
              decision: decision ?? "",
            })),
          })),
        });
      }
    } catch (error) {
      problems.push({ node: group, ok: false, message: messageOf(error) });
    }
  }
  return { authentication, authorization, users, rules, problems };
}
