import { z } from "zod";
import { nodeOutcomeSchema } from "./common.ts";

export const aclUserSchema = z.object({
  username: z.string(),
  /** `Super` or `Normal`. */
  type: z.string(),
  enabled: z.boolean(),
});
export type AclUser = z.infer<typeof aclUserSchema>;

export const aclPolicySchema = z.object({
  /** `Topic:orders`, `Group:*`, `Cluster:*` */
  resource: z.string().min(1),
  actions: z.array(z.string()).min(1),
  sourceIps: z.array(z.string()),
  /** `Allow` or `Deny`. */
  decision: z.string(),
});
export const aclRuleSchema = z.object({
  /** `User:name` */
  subject: z.string(),
  policies: z.array(z.object({ type: z.string(), entries: z.array(aclPolicySchema) })),
});
export type AclRule = z.infer<typeof aclRuleSchema>;

export const aclSchema = z.object({
  /** Whether the brokers check at all (ACL 2.0: authenticationEnabled, authorizationEnabled). */
  authentication: z.boolean(),
  authorization: z.boolean(),
  /** Why there may be nothing to see. Users and rules are changed with `mqadmin`: see docs/how-to/console.md. */
  hint: z.string().optional(),
  users: z.array(aclUserSchema),
  rules: z.array(aclRuleSchema),
  problems: z.array(nodeOutcomeSchema),
});
export type Acl = z.infer<typeof aclSchema>;
