import type { Micros, Outcome } from "@hotfire/judge/history";
import { type SendAnswer, sendOutcome } from "@hotfire/judge/history";
import type { RemotingClient, SendResult } from "@hotfire/remoting";
import type { RunClock } from "../workload/clock.ts";
import type { Links } from "../workload/links.ts";
import type { RouteTable } from "../workload/route-table.ts";
import { answerOf, answerOfError, errorText } from "../workload/send-answer.ts";

/** What became of one request, as records tell it. */
export interface Posted<T> {
  readonly told: {
    readonly sent: Micros;
    readonly done: Micros;
    readonly broker?: string;
    readonly outcome: Outcome;
    readonly code?: number;
    readonly error?: string;
  };
  readonly result: T | undefined;
}

export interface PostParts {
  readonly clock: RunClock;
  readonly routes: RouteTable;
  readonly links: Links;
  readonly brokerOf: (address: string) => string | undefined;
}

type Ask<T> = (client: RemotingClient, address: string) => Promise<T>;

function toldOf(answer: SendAnswer): { readonly outcome: Outcome; readonly code?: number } {
  const code = answer.kind === "answered" && answer.code !== 0 ? { code: answer.code } : {};
  return { outcome: sendOutcome(answer), ...code };
}

/** Asks the master that the route names at this moment; never rejects. */
export class Post {
  readonly #parts: PostParts;

  constructor(parts: PostParts) {
    this.#parts = parts;
  }

  async send(group: string, ask: Ask<SendResult>): Promise<Posted<SendResult>> {
    const posted = await this.ask(group, ask);
    const { result, told } = posted;
    if (result === undefined) return posted;
    return { result, told: { ...told, ...toldOf(answerOf(result)) } };
  }

  async ask<T>(group: string, ask: Ask<T>): Promise<Posted<T>> {
    const { clock, routes } = this.#parts;
    const address = routes.route(group).master;
    if (address !== undefined) return this.askAt(address, ask);
    routes.hurry();
    const now = clock.now();
    const error = "no master in the route";
    return { told: { sent: now, done: now, outcome: "failed", error }, result: undefined };
  }

  /** One broker, whatever the route says. */
  async askAt<T>(address: string, ask: Ask<T>): Promise<Posted<T>> {
    const { clock, links, routes, brokerOf } = this.#parts;
    const node = brokerOf(address);
    const broker = node === undefined ? {} : { broker: node };
    const sent = clock.now();
    try {
      const result = await links.request(address, (client) => ask(client, address));
      return { told: { sent, done: clock.now(), ...broker, outcome: "acknowledged" }, result };
    } catch (error) {
      routes.hurry();
      const answer = toldOf(answerOfError(error));
      const told = { sent, done: clock.now(), ...broker, ...answer, error: errorText(error) };
      return { told, result: undefined };
    }
  }
}
