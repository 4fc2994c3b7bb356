import { Judge, type Judged, type JudgeOptions } from "@hotfire/judge";
import { readHistory } from "./read-history.ts";

/** Judges a stored history: `hotfire drill check`. */
export async function judgeHistoryFile(path: string, options: JudgeOptions = {}): Promise<Judged> {
  const judge = new Judge();
  const batches = readHistory(path, (sha256) => {
    judge.digest = sha256;
  });
  for await (const batch of batches) for (const record of batch) judge.add(record);
  return judge.finish(options);
}
