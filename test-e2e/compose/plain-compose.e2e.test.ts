/**
 * @module-tag quick
 * One checked-in file by Docker Compose alone; the other presets are in the full tier.
 */
import { join } from "node:path";
import { createRemotingClient } from "@hotfire/remoting";
import { loadPreset, type PresetName, planCluster, presetNames } from "@hotfire/topology";
import { describe, expect, it } from "vitest";
import { javaRoundTrip } from "../support/clients.ts";
import { composeProject } from "../support/compose-project.ts";
import { leftOf } from "../support/docker.ts";
import { projectRoot } from "../support/names.ts";
import { createTopicEverywhere } from "../support/topics.ts";

const namesrvs = ["127.0.0.1:9876", "127.0.0.1:9877"];

describe("a checked-in Compose file, with nothing of this project beside it", () => {
  const carriesMessages = async (preset: PresetName) => {
    await using project = await composeProject(join(projectRoot, "compose", `${preset}.yaml`), preset);
    await project.compose("up", "--wait", "--detach");

    await using client = createRemotingClient();
    const groups = await createTopicEverywhere(client, namesrvs, "Greetings");
    expect(groups).toEqual(planCluster(loadPreset(preset)).groups.map(({ name }) => name));
    const trip = await javaRoundTrip({
      namesrv: namesrvs.join(";"),
      network: "host",
      topic: "Greetings",
      group: "greeters",
      count: 40,
    });
    expect(trip).toEqual({ client: "java", acknowledged: 40, received: 40, groups });

    await project.compose("down", "--volumes");
    expect(await leftOf(preset)).toEqual([]);
  };
  const claim = "%s.yaml comes up by `docker compose up --wait`, carries messages, leaves nothing";
  it.for<PresetName>(["single-master"])(claim, carriesMessages);
  it.for(presetNames.filter((name) => name !== "single-master"))(claim, { tags: ["full"] }, carriesMessages);
});
