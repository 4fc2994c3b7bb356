import { messageOf } from "@hotfire/base";
import type { GroupPlan } from "@hotfire/topology";
import { z } from "zod";
import type { Member } from "../clusters/members.ts";
import { mainPortOf } from "../clusters/members.ts";
import type { DockerClient } from "../docker/docker-client.ts";
import { verifyTopic } from "../readiness/round-trip.ts";
import type { Claim } from "./claim.ts";

const probe = "/opt/rocketmq/bin/probe";
const deadlineMs = 8000;
const answerSchema = z.looseObject({
  ok: z.boolean(),
  broker: z.string().optional(),
  sendMs: z.number().optional(),
  readMs: z.number().optional(),
});

/**
 * The same from a container on the network, by the addresses that a name server gives to clients there. It runs in
 * another node than the group's own where there is one, so that the message crosses the network.
 */
export async function roundTripInside(
  docker: DockerClient,
  members: readonly Member[],
  group: GroupPlan,
): Promise<Claim> {
  const base = {
    id: "round-trip-network",
    group: group.name,
    claim: `a message makes the round trip through ${group.name} from a container on the network`,
  };
  const running = members.filter(({ container }) => container?.state === "running");
  const namesrv = running.find(({ plan }) => plan.kind === "namesrv");
  const from = namesrv ?? running[0];
  const port = namesrv === undefined ? undefined : mainPortOf(namesrv.plan)?.container;
  if (from?.container === undefined || namesrv === undefined || port === undefined) {
    return {
      ...base,
      result: "unknown",
      evidence: ["no name server runs that could be asked for the route"],
    };
  }
  const command = [
    probe,
    "roundtrip",
    "--namesrv",
    `${namesrv.plan.name}:${port}`,
    "--group",
    group.name,
    "--topic",
    verifyTopic,
  ];
  try {
    const { exitCode, stdout, stderr } = await docker.exec(from.container.id, command, {
      timeoutMs: deadlineMs,
    });
    const line = stdout.trim().split("\n").at(-1) ?? "";
    const answer = line.startsWith("{") ? answerSchema.safeParse(JSON.parse(line)) : undefined;
    const passed = exitCode === 0 && answer?.success === true && answer.data.ok;
    const said = line === "" ? stderr.trim() || `the probe said nothing (exit code ${exitCode})` : line;
    if (!passed) return { ...base, result: "fail", evidence: [`in ${from.plan.name}: ${said}`] };
    const { broker, sendMs, readMs } = answer.data;
    const text = `sent from ${from.plan.name} to ${broker ?? "the master"} in ${sendMs ?? "?"} ms, read back in ${readMs ?? "?"} ms`;
    return { ...base, result: "pass", evidence: [text] };
  } catch (error) {
    const reason = messageOf(error);
    return {
      ...base,
      result: "unknown",
      evidence: [`the probe could not be run in ${from.plan.name}: ${reason}`],
    };
  }
}
