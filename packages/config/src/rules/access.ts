import { type ConfigFile, isOn, settingOf } from "../files/config-file.ts";
import { atFile, atValue, type Mistake, rule } from "./rule.ts";

const local = "org.apache.rocketmq.auth.authentication.provider.LocalAuthenticationMetadataProvider";
const provider = "org.apache.rocketmq.auth.authentication.provider.DefaultAuthenticationProvider";
const init = 'initAuthenticationUser={"username":"admin","password":"<password>"}';
const inner = 'innerClientAuthenticationCredentials={"accessKey":"admin","secretKey":"<password>"}';

export const aclOld = rule({
  code: "ACL_1_0",
  severity: "error",
  title: "ACL 1.0 is switched on, and nothing reads it any more.",
  breaks:
    "RocketMQ 5.3 took ACL 1.0 out: aclEnable and plain_acl.yml are ignored, and the cluster is open to everybody.",
  bad: { "broker.conf": "brokerName=broker-a\naclEnable=true\n" },
  good: { "broker.conf": "brokerName=broker-a\n" },
  *check({ files, others }) {
    for (const file of files) {
      if (isOn(file, "aclEnable"))
        yield atValue(
          file,
          "aclEnable",
          "aclEnable is read by nothing in 5.5.0: no client is asked who it is",
          `Use ACL 2.0: authenticationEnabled=true, authorizationEnabled=true, authenticationProvider=${provider}, authenticationMetadataProvider=${local}, ${init} and ${inner}; migrateAuthFromV1Enabled=true takes the accounts of plain_acl.yml over.`,
        );
    }
    for (const file of others) {
      if (file.isPlainAcl)
        yield atFile(
          file,
          "holds accounts of ACL 1.0, which nothing in 5.5.0 reads",
          "Make the accounts users and rules of ACL 2.0 (mqadmin createUser, createAcl), or let migrateAuthFromV1Enabled=true take them over. This file is never edited.",
        );
    }
  },
});

const login = (lines: readonly string[]) => ({ "broker.conf": `brokerName=broker-a\n${lines.join("\n")}\n` });
const sound = [
  "authenticationEnabled=true",
  `authenticationProvider=${provider}`,
  `authenticationMetadataProvider=${local}`,
  "initAuthenticationUser={{ user }}",
  "innerClientAuthenticationCredentials={{ credentials }}",
];

export const aclIncomplete = rule({
  code: "ACL_2_0",
  severity: "error",
  title: "Keys of ACL 2.0 lack or contradict each other.",
  breaks:
    "Without a metadata provider no user is found and every request fails; without credentials of its own the broker's inner clients (slaves, proxies) are refused; rules without logins know nobody to apply them to.",
  bad: login(sound.filter((line) => !line.startsWith("authenticationMetadataProvider"))),
  good: login(sound),
  *check({ files }) {
    for (const file of files)
      if (file.kind === "broker" || file.kind === "proxy") yield* contradictions(file);
  },
});

function* contradictions(file: ConfigFile): Generator<Mistake> {
  const asks = isOn(file, "authenticationEnabled");
  if (isOn(file, "authorizationEnabled") && !asks)
    yield atValue(
      file,
      "authorizationEnabled",
      "authorizationEnabled is on, and authenticationEnabled is not: it is never known who asks",
      "Add authenticationEnabled=true.",
    );
  if (!asks) return;
  const at = (message: string, fix: string) => atValue(file, "authenticationEnabled", message, fix);
  const isSet = (key: string) => (settingOf(file, key) ?? "") !== "";
  if (file.kind === "broker" && !isSet("authenticationMetadataProvider"))
    yield at(
      "logins are asked for, and no authenticationMetadataProvider says who there is",
      `Add authenticationMetadataProvider=${local}.`,
    );
  if (file.kind === "broker" && !isSet("initAuthenticationUser"))
    yield at("logins are asked for, and no initAuthenticationUser can make the first user", `Add ${init}.`);
  if (!isSet("innerClientAuthenticationCredentials"))
    yield at(
      "logins are asked for, and the process has none of its own (innerClientAuthenticationCredentials)",
      `Add ${inner}.`,
    );
  const user = parsed(settingOf(file, "initAuthenticationUser"));
  const own = parsed(settingOf(file, "innerClientAuthenticationCredentials"));
  if (user === "broken") yield atValue(file, "initAuthenticationUser", "is no JSON object", `Write ${init}.`);
  if (own === "broken")
    yield atValue(file, "innerClientAuthenticationCredentials", "is no JSON object", `Write ${inner}.`);
  if (user === "broken" || own === "broken") return;
  if (user !== undefined && (user["username"] === undefined || user["password"] === undefined))
    yield atValue(file, "initAuthenticationUser", "lacks username or password", `Write ${init}.`);
  if (own !== undefined && (own["accessKey"] === undefined || own["secretKey"] === undefined))
    yield atValue(
      file,
      "innerClientAuthenticationCredentials",
      "lacks accessKey or secretKey",
      `Write ${inner}.`,
    );
  else if (
    user !== undefined &&
    own !== undefined &&
    user["username"] === own["accessKey"] &&
    user["password"] !== own["secretKey"]
  )
    yield atValue(
      file,
      "innerClientAuthenticationCredentials",
      "is the first user's name with another password",
      "Give it that user's password.",
    );
}

/** Undefined: not there, or something that is put in at the start. */
function parsed(text: string | undefined): Readonly<Record<string, unknown>> | "broken" | undefined {
  if (text === undefined || text === "" || /^\$\{.*\}$|^\{\{.*\}\}$/.test(text)) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : "broken";
  } catch {
    return "broken";
  }
}
