import type { Micros } from "../history/micros.ts";
import type { MilestoneRecord, RoleRecord, RouteRecord, SwitchStep } from "../history/observation-records.ts";
import type { SendRecord } from "../history/operations.ts";
import type { FaultWindow } from "./faults.ts";
import type { Recovery } from "./recovery.ts";

/** One step of a switch, as it was measured. */
export interface MeasuredStep {
  readonly fault: string;
  readonly group: string;
  readonly step: SwitchStep;
  /** The name server for `route-published`, else the node. */
  readonly node?: string;
  /** Since the fault was ordered. */
  readonly after: Micros;
  /** The step happened at most this long before it was seen. */
  readonly resolution?: Micros;
  readonly source: string;
}

/** A node's sends without an idle second between them. */
interface Activity {
  readonly node: string;
  readonly from: Micros;
  to: Micros;
}

const idle: Micros = 1_000_000;
const maxKept = 20_000;

/** The way from a fault to the first success: detected, elected, role changed, route published, noticed, working. */
export class SwitchTracker {
  readonly #roles: RoleRecord[] = [];
  readonly #routes: RouteRecord[] = [];
  readonly #milestones: MilestoneRecord[] = [];
  readonly #activities = new Map<string, Activity[]>();
  readonly #current = new Map<string, Activity>();

  addRole(record: RoleRecord): void {
    if (this.#roles.length < maxKept) this.#roles.push(record);
  }

  addRoute(record: RouteRecord): void {
    if (this.#routes.length < maxKept) this.#routes.push(record);
  }

  addMilestone(record: MilestoneRecord): void {
    if (this.#milestones.length < maxKept) this.#milestones.push(record);
  }

  addSend(record: SendRecord): void {
    if (record.broker === undefined) return;
    const current = this.#current.get(record.broker);
    if (current !== undefined && record.sent <= current.to + idle) {
      if (record.sent > current.to) current.to = record.sent;
      return;
    }
    const activity = { node: record.broker, from: record.sent, to: record.sent };
    this.#current.set(record.broker, activity);
    const list = this.#activities.get(record.group) ?? [];
    list.push(activity);
    this.#activities.set(record.group, list);
  }

  finish(windows: readonly FaultWindow[], recoveries: readonly Recovery[]): MeasuredStep[] {
    return windows.flatMap((window, index) => {
      const until = windows[index + 1]?.begin ?? Number.POSITIVE_INFINITY;
      return window.fault.groups.flatMap((group) => this.#steps(window, until, group, recoveries));
    });
  }

  #steps(window: FaultWindow, until: Micros, group: string, recoveries: readonly Recovery[]): MeasuredStep[] {
    const { begin, fault } = window;
    const recovery = recoveries.find(
      (one) => one.fault === fault.id && one.group === group && one.verb === "send",
    );
    // Nothing stopped, so nothing switched.
    if (recovery?.rto === 0) return [];
    const isHere = (record: { at: Micros; group: string }) =>
      record.group === group && record.at >= begin && record.at < until;
    const isNew = (node: string | undefined) => node !== undefined && !fault.nodes.includes(node);
    const leads = (record: RoleRecord) => record.role === "leader" || record.role === "master";
    const roles = this.#roles.filter((record) => isHere(record) && isNew(record.node));
    const routes = this.#routes.filter((record) => isHere(record) && isNew(record.master));
    const milestones = this.#milestones.filter(isHere);
    const steps: MeasuredStep[] = [];
    const add = (step: SwitchStep, seen: Seen | undefined, node = seen?.node) => {
      if (seen === undefined) return;
      const { at, previousAt, source } = seen;
      const resolution = previousAt === undefined ? {} : { resolution: Math.max(0, at - previousAt) };
      const name = node === undefined ? {} : { node };
      steps.push({ fault: fault.id, group, step, ...name, after: at - begin, ...resolution, source });
    };
    const milestone = (step: SwitchStep) => milestones.find((record) => record.step === step);
    add("detected", milestone("detected") ?? roles.find((record) => record.role === "candidate"));
    add(
      "elected",
      milestone("elected") ?? roles.find((record) => leads(record) && record.source !== "broker"),
    );
    add(
      "role-changed",
      milestone("role-changed") ?? roles.find((record) => leads(record) && record.source === "broker"),
    );
    const published = milestones.filter((record) => record.step === "route-published");
    for (const namesrv of new Set([
      ...published.map(({ node }) => node),
      ...routes.map((route) => route.namesrv),
    ])) {
      const route = routes.find((record) => record.namesrv === namesrv);
      const seen = published.find((record) => record.node === namesrv);
      add(
        "route-published",
        seen ?? (route === undefined ? undefined : { ...route, source: "poll" }),
        namesrv,
      );
    }
    const noticed = this.#activities
      .get(group)
      ?.find((one) => one.from >= begin && one.from < until && isNew(one.node));
    add(
      "client-noticed",
      milestone("client-noticed") ?? (noticed && { ...noticed, at: noticed.from, source: "sends" }),
    );
    if (recovery?.rto !== undefined) add("first-success", { at: begin + recovery.rto, source: "sends" });
    return steps;
  }
}

interface Seen {
  readonly at: Micros;
  readonly previousAt?: Micros | undefined;
  readonly node?: string | undefined;
  readonly source: string;
}
