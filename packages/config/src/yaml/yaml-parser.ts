import type * as Yaml from "yaml";

let loaded: typeof Yaml | undefined;

/** The package `yaml`, loaded when the first text is read: most commands read none, and it is a tenth of their start. */
export function yamlParser(): typeof Yaml {
  loaded ??= load();
  return loaded;
}

function load(): typeof Yaml {
  return process.getBuiltinModule("node:module").createRequire(import.meta.url)("yaml");
}
