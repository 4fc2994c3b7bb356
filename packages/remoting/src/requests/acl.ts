import { z } from "zod";
import type { RequestOptions } from "../client/options.ts";
import type { RemotingClient } from "../client/remoting-client.ts";
import { requestCodes } from "../protocol/request-code.ts";
import { type Answer, ask, bodyOf } from "./exchange.ts";
import { nullable } from "./wire-types.ts";

// `password` is left out on purpose: the broker sends it, and nobody here needs it.
const user = z.object({
  username: z.string(),
  userType: nullable(z.string()),
  userStatus: nullable(z.string()),
});

/** A user of RocketMQ's ACL 2.0 (UserInfo.java), without the password. */
export type AclUser = z.output<typeof user>;

const acl = z.object({
  subject: z.string(),
  policies: z.array(
    z.object({
      policyType: nullable(z.string()),
      entries: z.array(
        z.object({
          resource: z.string(),
          actions: nullable(z.array(z.string())),
          sourceIps: nullable(z.array(z.string())),
          decision: nullable(z.string()),
        }),
      ),
    }),
  ),
});

/** What a subject, such as `User:alice`, may do with which resources (AclInfo.java). */
export type Acl = z.output<typeof acl>;

/** The users of one broker (AUTH_LIST_USER); a broker without a provider for them refuses or has none. */
export async function aclUsers(
  client: RemotingClient,
  broker: string,
  options?: RequestOptions,
): Promise<readonly AclUser[]> {
  const command = { code: requestCodes.AUTH_LIST_USER, fields: { filter: "" } };
  return listOf(await ask(client, broker, command, options), user);
}

/** The rules of one broker (AUTH_LIST_ACL). */
export async function acls(
  client: RemotingClient,
  broker: string,
  options?: RequestOptions,
): Promise<readonly Acl[]> {
  const fields = { subjectFilter: "", resourceFilter: "" };
  return listOf(await ask(client, broker, { code: requestCodes.AUTH_LIST_ACL, fields }, options), acl);
}

/** An empty list comes as no body at all. */
function listOf<T extends z.ZodType>(answer: Answer, item: T): z.output<T>[] {
  return answer.frame.body.length === 0 ? [] : bodyOf(answer, z.array(item));
}
