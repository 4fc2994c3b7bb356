import { formatCount, list } from "@hotfire/base";
import type { KindFindings } from "../checkers/kinds/kind-findings.ts";
import type { KindRule } from "../history/expectation.ts";
import { type KindCheckName, kindCheckNames, type Rule } from "../history/expectation.ts";
import type { ApplicationKind } from "../history/kind-records.ts";
import type { Findings } from "./findings.ts";
import type { Held } from "./held.ts";

const texts: Readonly<Record<KindCheckName, string>> = {
  "kinds-shown": "Every kind of the load was there, and had time to come",
  "kind-missing": "What was acknowledged or committed was delivered",
  "kind-body": "Bodies were delivered whole",
  "kind-unexpected": "Nothing was delivered that was refused or never sent",
  "kind-twice": "What was sent once is stored once",
  "fifo-order": "Every message group kept its order",
  "delay-early": "No delayed message came early",
  "transaction-outcome": "Transactions ended as they were decided",
  "transaction-asked": "Brokers asked for every transaction that was unknown",
  "batch-whole": "Batches are whole, and in order",
  "pop-early": "What was popped stayed hidden for its time",
  "pop-settled": "What was popped and acknowledged did not come again",
  "pop-again": "What was popped and not acknowledged came again",
  "pop-times": "What was popped again is counted as such",
};

/** Rules of one kind only; the others are of all. */
const kindOf: Readonly<Partial<Record<KindCheckName, ApplicationKind>>> = {
  "fifo-order": "fifo",
  "delay-early": "delay",
  "transaction-outcome": "transaction",
  "transaction-asked": "transaction",
  "batch-whole": "batch",
  "pop-early": "pop",
  "pop-settled": "pop",
  "pop-again": "pop",
  "pop-times": "pop",
};

/** Who was not waited for has missed nothing. */
const needsTime: ReadonlySet<KindCheckName> = new Set([
  "kind-missing",
  "transaction-asked",
  "batch-whole",
  "pop-again",
]);

type KindCheck = Extract<Rule, { check: KindCheckName }>;

export function isKindRule(rule: Rule): rule is KindCheck {
  return kindCheckNames.some((name) => name === rule.check);
}

/** The rules that stand where the load had kinds. */
export function kindRulesFor({ kinds }: Pick<Findings, "kinds">): Rule[] {
  if (kinds.length === 0) return [];
  const had = new Set(kinds.map(({ kind }) => kind));
  return kindCheckNames.flatMap((check): Rule[] => {
    const only = kindOf[check];
    return only === undefined || had.has(only) ? [{ check }] : [];
  });
}

export function holdKind(check: KindCheckName, { kinds }: Findings): Held {
  const held = { text: texts[check], limit: check === "kinds-shown" ? "shown" : "always" };
  if (check === "kinds-shown") {
    const problems = kinds.flatMap((one) => one.problems);
    if (problems.length === 0) return { ...held, measured: "shown", status: "pass" };
    const more = problems.length > 3 ? [`${problems.length - 3} more`] : [];
    return { ...held, measured: list([...problems.slice(0, 3), ...more]), status: "unknown" };
  }
  const broken = kinds.filter((one) => countOf(one, check) > 0);
  if (broken.length === 0) return { ...held, measured: "held", status: "pass" };
  const measured = list(broken.map((one) => sentenceOf(one, check)));
  const hadTime = broken.some(({ drained }) => drained) || !needsTime.has(check);
  return { ...held, measured, status: hadTime ? "fail" : "unknown" };
}

/** Every violation in a sentence, for the verdict. */
export function kindTexts(kinds: readonly KindFindings[]): string[] {
  return kinds.flatMap((one) =>
    one.violations
      .filter(({ rule }) => one.drained || !needsTime.has(rule))
      .map(({ rule }) => sentenceOf(one, rule)),
  );
}

function countOf({ violations }: KindFindings, rule: KindRule): number {
  return violations.find((one) => one.rule === rule)?.count ?? 0;
}

function sentenceOf({ violations }: KindFindings, rule: KindRule): string {
  const found = violations.find((one) => one.rule === rule);
  if (found === undefined) return "";
  return found.count === 1 ? found.first : `${found.first} (and ${formatCount(found.count - 1)} more)`;
}
