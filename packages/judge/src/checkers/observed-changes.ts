import type { RoleRecord, RouteRecord, SyncSetRecord } from "../history/observation-records.ts";

/** Subjects that are kept apart: nodes by who told of them, routes by name server, in-sync sets. */
const mostSubjects = 10_000;

/**
 * Is it told of every change when the old state was last seen? An observer writes the first look at a subject and then changes, each with the
 * look before it (`observe/change-log.ts`): without that a leader may have been elected at any time.
 */
export class ObservedChanges {
  readonly #seen = new Set<string>();
  readonly #problems = new Set<string>();

  add(record: RoleRecord | RouteRecord | SyncSetRecord): void {
    const { at, previousAt } = record;
    const subject = subjectOf(record);
    if (previousAt === undefined && this.#seen.has(subject))
      this.#problems.add(`it is not told how the ${record.type} of ${nameOf(record)} was before it changed`);
    if (previousAt !== undefined && (previousAt > at || !this.#seen.has(subject)))
      this.#problems.add(
        `a change of the ${record.type} of ${nameOf(record)} is told without what was before`,
      );
    if (this.#seen.size < mostSubjects) this.#seen.add(subject);
  }

  finish(): string[] {
    return [...this.#problems].slice(0, 20);
  }
}

function nameOf(record: RoleRecord | RouteRecord | SyncSetRecord): string {
  return record.type === "role" ? record.node : record.group;
}

function subjectOf(record: RoleRecord | RouteRecord | SyncSetRecord): string {
  if (record.type === "route") return `route ${record.namesrv} ${record.group}`;
  if (record.type === "sync-set") return `sync-set ${record.group}`;
  const isOwn = record.source === "self" || record.source === "broker";
  return `role ${record.node} ${isOwn ? record.source : "controllers"}`;
}
