import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { type ConfigFile, readConfigFile } from "../files/config-file.ts";
import { applyEdits } from "./apply-fixes.ts";
import { lint } from "./lint.ts";

const guide = new URL("../../../../examples/guide/", import.meta.url);

function filesOf(folder: string): ConfigFile[] {
  const names = readdirSync(new URL(folder, guide)).sort();
  return names.map((name) =>
    readConfigFile(name, readFileSync(new URL(`${folder}/${name}`, guide), "latin1")),
  );
}

const errors = (files: readonly ConfigFile[]) =>
  lint(files)
    .filter(({ severity }) => severity === "error")
    .map(({ code, file, line }) => `${file}:${line} ${code}`);

test("the error in the guide's DLedger files is found, and mended", () => {
  const files = filesOf("dledger");
  expect(errors(files)).toEqual([
    "broker-a-n0.conf:5 STORE_OF_OTHER_GROUP",
    "broker-a-n0.conf:6 STORE_OF_OTHER_GROUP",
    "broker-a-n0.conf:8 DLEDGER_GROUP",
  ]);
  const edits = Map.groupBy(lint(files), ({ file }) => file);
  const mended = files.map(({ path, text }) =>
    readConfigFile(path, applyEdits(text, edits.get(path)?.flatMap((finding) => finding.edits) ?? [])),
  );
  expect(errors(mended)).toEqual([]);
  expect(mended[0]?.text).toBe(files[1]?.text.replace("dLegerSelfId=n1", "dLegerSelfId=n0"));
});

test("the guide's two masters with two slaves are clean", () => {
  expect(lint(filesOf("2m-2s-async"))).toEqual([]);
});
