import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";

/** `scrypt:N:r:p:salt:hash`, salt and hash in base64url: no character that Compose or a shell would touch. */
export const passwordHashPattern: RegExp =
  /^scrypt:(\d{1,8}):(\d{1,3}):(\d{1,3}):([\w-]{16,100}):([\w-]{40,100})$/;

// OWASP's smallest memory for scrypt (16 MiB): the console has to stay below 100 MB.
const cost = { N: 16_384, r: 8, p: 5 };
const keyBytes = 32;

export async function hashPassword(password: string, settings: typeof cost = cost): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(password, salt, settings);
  return `scrypt:${settings.N}:${settings.r}:${settings.p}:${salt.toString("base64url")}:${key.toString("base64url")}`;
}

export async function verifyPassword(password: string, hash: string): Promise<boolean> {
  const [, N, r, p, salt, key] = passwordHashPattern.exec(hash) ?? [];
  if (salt === undefined || key === undefined) return false;
  const expected = Buffer.from(key, "base64url");
  const settings = { N: Number(N), r: Number(r), p: Number(p) };
  const given = await derive(password, Buffer.from(salt, "base64url"), settings);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

function derive(
  password: string,
  salt: Buffer,
  settings: { N: number; r: number; p: number },
): Promise<Buffer> {
  const maxmem = 256 * settings.N * settings.r;
  return new Promise((resolve, reject) => {
    scrypt(password.normalize("NFKC"), salt, keyBytes, { ...settings, maxmem }, (error, key) =>
      error === null ? resolve(key) : reject(error),
    );
  });
}
