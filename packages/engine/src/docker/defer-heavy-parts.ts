import { createRequire, Module } from "node:module";

/**
 * dockerode loads an SSH client (for `ssh://` engines) and gRPC (for builds through its API, which are not done here)
 * whether or not they are used: two thirds of its import, about 100 ms of every command. Import this before dockerode, and
 * each is loaded when it is first called.
 */
const here = createRequire(import.meta.url);
const dockerode = createRequire(here.resolve("dockerode"));
const modem = createRequire(dockerode.resolve("docker-modem"));

defer(dockerode.resolve("./session"));
defer(modem.resolve("./ssh"));

/** Puts a stand-in into the module cache; both modules export one function. */
function defer(file: string): void {
  if (here.cache[file] !== undefined) return;
  const standIn = new Module(file);
  standIn.exports = (...args: readonly unknown[]) => {
    delete here.cache[file];
    return here(file)(...args);
  };
  standIn.loaded = true;
  here.cache[file] = standIn;
}
