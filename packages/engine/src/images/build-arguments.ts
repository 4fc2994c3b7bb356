import { access } from "node:fs/promises";

/** What every build of an image here is told: RocketMQ's version, this host's mirrors, and whom it trusts. */
export async function buildArguments(version: string): Promise<readonly string[]> {
  const authorities = await findAuthorities(process.env);
  const mirrors = ["APT_MIRROR", "MAVEN_MIRROR", "BASE_IMAGE"].flatMap((name) => {
    const value = process.env[name];
    return value ? ["--build-arg", `${name}=${value}`] : [];
  });
  return [
    ...["--build-arg", `ROCKETMQ_VERSION=${version}`],
    ...mirrors,
    ...(authorities === undefined ? [] : ["--secret", `id=ca,src=${authorities}`]),
  ];
}

/** The bundle that this host trusts, private authorities included. */
async function findAuthorities(
  env: Readonly<Record<string, string | undefined>>,
): Promise<string | undefined> {
  const candidates = [
    env["SSL_CERT_FILE"],
    env["NODE_EXTRA_CA_CERTS"],
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
  ];
  for (const file of candidates) {
    if (!file) continue;
    const readable = await access(file).then(
      () => true,
      () => false,
    );
    if (readable) return file;
  }
  return undefined;
}
