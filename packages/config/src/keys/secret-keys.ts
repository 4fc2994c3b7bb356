import { configKeys, configKinds } from "./key-table.ts";

/**
 * Keys of RocketMQ 5.5.0 whose value is a secret or holds one: user names with passwords as JSON, key pairs of object stores, the
 * password of a private key. One list for everything that shows, writes or logs configuration.
 */
export const secretKeys: ReadonlySet<string> = new Set([
  "initAuthenticationUser",
  "innerClientAuthenticationCredentials",
  "objectStoreAccessKey",
  "objectStoreSecretKey",
  "tlsKeyPassword",
]);

/** Of names that RocketMQ's table does not have: other software's keys, environment variables, fields inside JSON. */
const secretName = /secret|passw(?:or)?d|passphrase|token|credential|access_?key|private_?key/i;
/** What says something about a secret and is none: a switch, a path, a class, a limit. */
const aboutSecrets = /(?:enabled?|path|file|provider|strategy|expire[ds]?|seconds?|ms|num|size)$/i;
/** The launcher takes `ROCKETMQ_key=value` for a line of configuration. */
const prefix = /^ROCKETMQ_(?=[a-z])/;

/** Whether a value is a secret itself: nothing, and a switch beside one, give nothing away. */
export function isSecret(key: string, value: string): boolean {
  return isSecretKey(key) && !["", "true", "false"].includes(value.trim());
}

/** Whether the value of a key may not be shown. RocketMQ's own keys are judged by the list, all others by their name. */
export function isSecretKey(name: string): boolean {
  const key = name.replace(prefix, "");
  if (secretKeys.has(key)) return true;
  if (configKinds.some((kind) => configKeys(kind).has(key))) return false;
  return secretName.test(key) && !aboutSecrets.test(key);
}
