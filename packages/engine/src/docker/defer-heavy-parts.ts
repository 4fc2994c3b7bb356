import { createRequire, Module } from "node:module";

/**
 * dockerode loads an SSH client (for `ssh://` engines), gRPC and tar (for builds through its API, which are not done here) and
 * another implementation of streams (for hijacked connections), whether or not they are used: most of its import, more than
 * 100 ms of every command. Import this before dockerode, and each is loaded when it is first called.
 */
const here = createRequire(import.meta.url);
const dockerode = createRequire(here.resolve("dockerode"));
const modem = createRequire(dockerode.resolve("docker-modem"));

for (const file of [
  dockerode.resolve("./session"),
  dockerode.resolve("@balena/dockerignore"),
  dockerode.resolve("tar-fs"),
  modem.resolve("./ssh"),
  modem.resolve("./http_duplex"),
]) {
  defer(file);
}

/** Puts a stand-in into the module cache. Each of them exports a function or class; of tar-fs, `pack` is used. */
function defer(file: string): void {
  if (here.cache[file] !== undefined) return;
  const real = () => {
    if (here.cache[file] === standIn) delete here.cache[file];
    return here(file);
  };
  const standIn = new Module(file);
  standIn.exports = function called(...args: readonly unknown[]) {
    return new.target === undefined ? real()(...args) : new (real())(...args);
  };
  standIn.exports.pack = (...args: readonly unknown[]) => real().pack(...args);
  standIn.loaded = true;
  here.cache[file] = standIn;
}
