import { text } from "node:stream/consumers";
import { hashPassword } from "./http/password.ts";
import { OptionsError, parseEnvironment } from "./options.ts";
import { startConsole } from "./start-console.ts";

/** What runs in the image: the console, or with `hash-password` the hash of a password on stdin. */
async function main(): Promise<void> {
  if (process.argv[2] === "hash-password") {
    const password = (await text(process.stdin)).replace(/\r?\n$/, "");
    process.stdout.write(`${await hashPassword(password)}\n`);
    return;
  }
  const running = await startConsole(parseEnvironment(process.env), process.stdout);
  process.stdout.write(`The console is at ${running.url}\n`);
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.once(signal, () => void running[Symbol.asyncDispose]().then(() => process.exit(0)));
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof OptionsError ? error.message : String(error)}\n`);
  process.exitCode = error instanceof OptionsError ? 64 : 1;
});
