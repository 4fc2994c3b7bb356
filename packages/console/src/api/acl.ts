import { z } from "zod";
import { confirmation, nodeOutcomeSchema } from "./common.ts";

export const aclUserSchema = z.object({
  username: z.string(),
  type: z.enum(["Super", "Normal"]),
  enabled: z.boolean(),
});
export type AclUser = z.infer<typeof aclUserSchema>;

export const aclPolicySchema = z.object({
  /** `Topic:orders`, `Group:*`, `Cluster:*` */
  resource: z.string().min(1),
  actions: z.array(z.string()).min(1),
  sourceIps: z.array(z.string()),
  decision: z.enum(["Allow", "Deny"]),
});
export const aclRuleSchema = z.object({
  /** `User:name` */
  subject: z.string(),
  policies: z.array(z.object({ type: z.enum(["Custom", "Default"]), entries: z.array(aclPolicySchema) })),
});
export type AclRule = z.infer<typeof aclRuleSchema>;

export const aclSchema = z.object({
  /** Whether the brokers check at all (ACL 2.0: authenticationEnabled, authorizationEnabled). */
  authentication: z.boolean(),
  authorization: z.boolean(),
  /** Whether this console can manage them: with what it would need when not. */
  manageable: z.boolean(),
  hint: z.string().optional(),
  users: z.array(aclUserSchema),
  rules: z.array(aclRuleSchema),
  problems: z.array(nodeOutcomeSchema),
});
export type Acl = z.infer<typeof aclSchema>;

export const aclUserChangeSchema = z.object({
  password: z.string().min(1).max(1000).optional(),
  type: z.enum(["Super", "Normal"]).optional(),
  enabled: z.boolean().optional(),
});
export const aclUserCreateSchema = z.object({
  username: z.string().min(1).max(100),
  password: z.string().min(1).max(1000),
  type: z.enum(["Super", "Normal"]).default("Normal"),
});
export const aclRuleChangeSchema = z.object({ policies: z.array(aclPolicySchema).min(1) });
export const aclDeleteSchema = confirmation;
