import { readHistory } from "../history-file/read-history.ts";
import { type Judged, type JudgeOptions, judge } from "./judge.ts";

/** Judges a stored history: `hotfire drill check`. */
export function judgeHistoryFile(path: string, options: JudgeOptions = {}): Promise<Judged> {
  return judge(readHistory(path), options);
}
