import type { ConfigFile } from "../files/config-file.ts";
import { parsePeers } from "../files/peers.ts";
import { atValue, type Mistake } from "./rule.ts";

/** At most one finding: what is wrong with one entry is mostly wrong with all. */
export function* wrongPeers(file: ConfigFile, key: string, text: string): Generator<Mistake> {
  const [wrong] = parsePeers(text).wrong;
  const isEmpty = text.trim() === "";
  if (wrong === undefined && !isEmpty) return;
  const repaired = text
    .split(/[;,\s]+/)
    .filter(Boolean)
    .join(";");
  const isRepaired = repaired !== text && repaired !== "" && parsePeers(repaired).wrong.length === 0;
  yield atValue(
    file,
    key,
    isEmpty ? `${key} is empty` : `${JSON.stringify(wrong?.entry)} ${wrong?.why}`,
    "Write n0-host:port;n1-host:port;n2-host:port, without blanks.",
    isRepaired ? repaired : undefined,
  );
}
