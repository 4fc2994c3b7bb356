// Writes every generated file of the repository that is not what the code generates.
import { mkdirSync, writeFileSync } from "node:fs";
import { generatedFiles, isStale, urlOf } from "./generated-files.ts";

for (const file of generatedFiles().filter(isStale)) {
  mkdirSync(new URL("./", urlOf(file)), { recursive: true });
  writeFileSync(urlOf(file), file.text);
  process.stdout.write(`wrote ${file.path}\n`);
}
