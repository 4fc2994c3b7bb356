import { formatCount, formatDuration } from "@hotfire/base";
import type { DrillResult } from "../result/result-schema.ts";
import { type Html, html } from "./html.ts";

type Class = DrillResult["accounting"]["lost"];

/** Where every message ended up, and the few that tell a story. */
export function accountingSection(result: DrillResult): Html {
  const { accounting, order } = result;
  const { acknowledged, failed, inDoubt, lost, failedButArrived } = accounting;
  const row = (name: string, count: number | undefined, meaning: string, isBad = false) =>
    html`<tr class="${isBad && (count ?? 0) > 0 ? "bad" : ""}"><th scope="row">${name}</th><td class="number">${count === undefined ? "–" : formatCount(count)}</td><td>${meaning}</td></tr>`;
  const rows = [
    row("Sent", accounting.sent, "messages, each with a number of its own"),
    row("Acknowledged", acknowledged, "code 0, as the configuration promises"),
    row("… and lost", lost.count, "acknowledged, and not there after healing", true),
    row("In doubt", inDoubt, "no answer, or stored but not as promised"),
    row("… and arrived", accounting.inDoubtArrived, "there after healing"),
    row("… and gone", accounting.inDoubtGone, "not there after healing"),
    row("Failed", failed, "refused, or never handed to a connection"),
    row("… but arrived", failedButArrived.count, "there although it was refused", true),
    row("Stored twice", accounting.duplicates.count, "more than one copy in the queues"),
    row("… though sent once", accounting.storedTwice?.count, "the brokers stored it again", true),
    row("Another body", accounting.wrongBody?.count, "stored with other bytes than were sent", true),
    row(
      "Elsewhere",
      accounting.misplaced?.count,
      "not in the queue or at the offset that was answered",
      true,
    ),
    row(
      "Delivered and gone",
      accounting.vanished?.count,
      "not acknowledged, delivered, and not there after healing",
      true,
    ),
    row("Delivered again", accounting.redelivered, "to a consumer group that had it"),
    row(
      "Never delivered",
      accounting.undelivered,
      "acknowledged, there, and a consumer group did not get it",
    ),
    row(
      "Out of order",
      order.stored + order.delivered + order.deliveredByKey,
      "acknowledged before another was sent, and behind it",
      true,
    ),
    row("Unexpected", accounting.unexpected.count, "stored or delivered, and nobody sent it", true),
    row("Not read back", accounting.unverified, "in queues that could not be read to their end", true),
  ];
  const tellings = [
    telling("Lost messages", lost),
    telling("Refused messages that arrived", failedButArrived),
    telling("Messages stored twice", accounting.duplicates),
    telling("Unexpected messages", accounting.unexpected),
  ];
  const disorder = order.telling.map(
    (one) =>
      html`<li>${one.where} ${one.scope === "key" ? `by key ${one.key ?? ""}` : "by queue"}: message ${one.earlier} stands behind ${one.later} (${one.group}, ${one.topic} queue ${one.queue})</li>`,
  );
  return html`<section><h2>Messages</h2><div class="scroll"><table class="accounting"><thead class="visually-hidden"><tr><th>Class</th><th>Messages</th><th>Meaning</th></tr></thead><tbody>${rows}</tbody></table></div>${tellings}${disorder.length > 0 && html`<h3>Out of order</h3><ul>${disorder}</ul>`}</section>`;
}

function telling(name: string, { count, telling: messages }: Class): Html | undefined {
  if (messages.length === 0) return undefined;
  const more = count > messages.length ? ` (the first ${messages.length} of ${formatCount(count)})` : "";
  const rows = messages.map(
    (one) =>
      html`<tr><td class="number">${one.sequence}</td><td>${one.group}</td><td>${one.topic} ${one.queue}</td><td class="number">${formatDuration(one.sent)}</td><td class="number">${formatDuration(one.done - one.sent)}</td><td>${one.delivered ? "delivered" : "not delivered"}${one.onReplica ? ", on another replica" : ""}</td></tr>`,
  );
  return html`<h3>${name}${more}</h3><div class="scroll"><table><thead><tr><th scope="col" class="number">Number</th><th scope="col">Group</th><th scope="col">Queue</th><th scope="col" class="number">Sent at</th><th scope="col" class="number">Answered after</th><th scope="col"></th></tr></thead><tbody>${rows}</tbody></table></div>`;
}
