import {
  type ConsumerGroupChange,
  changeConsumerGroup,
  consumerGroups,
  createConsumerGroup,
  deleteConsumerGroup,
} from "@hotfire/remoting";
import type { z } from "zod";
import type { ChangeResult, changeConsumerSchema, createConsumerSchema } from "../../api/index.ts";
import { refuse } from "../console-error.ts";
import { type ClusterAccess, checkConfirmed } from "./access.ts";
import { changeRecords } from "./change-records.ts";
import { listConsumers, settingsOf } from "./consumers.ts";

export async function createConsumerAt(
  access: ClusterAccess,
  settings: z.output<typeof createConsumerSchema>,
): Promise<ChangeResult> {
  const { consumers } = await listConsumers(access);
  if (consumers.some(({ name }) => name === settings.name)) {
    throw refuse("CONSUMER_EXISTS", { consumer: settings.name });
  }
  return access.changeAt(
    access.writers(settings.groups),
    ({ group }) => group,
    ({ address }) =>
      createConsumerGroup(
        access.remoting,
        address,
        {
          groupName: settings.name,
          consumeEnable: settings.consumeEnabled,
          consumeBroadcastEnable: settings.consumeBroadcastEnabled,
          consumeMessageOrderly: settings.orderly,
          retryQueueNums: settings.retryQueues,
          retryMaxTimes: settings.retryMaxTimes,
        },
        access.options,
      ),
  );
}

/** Where it is: a broker group without the consumer group does not get it by this. */
export function changeConsumerAt(
  access: ClusterAccess,
  name: string,
  { change, groups, expected }: z.output<typeof changeConsumerSchema>,
): Promise<ChangeResult> {
  const { remoting, options } = access;
  const { consumeEnabled, consumeBroadcastEnabled, orderly } = change;
  const { retryQueues, retryMaxTimes, consumeTimeoutMinutes } = change;
  const settings: ConsumerGroupChange = {
    ...(consumeEnabled === undefined ? {} : { consumeEnable: consumeEnabled }),
    ...(consumeBroadcastEnabled === undefined ? {} : { consumeBroadcastEnable: consumeBroadcastEnabled }),
    ...(orderly === undefined ? {} : { consumeMessageOrderly: orderly }),
    ...(retryQueues === undefined ? {} : { retryQueueNums: retryQueues }),
    ...(retryMaxTimes === undefined ? {} : { retryMaxTimes }),
    ...(consumeTimeoutMinutes === undefined ? {} : { consumeTimeoutMinute: consumeTimeoutMinutes }),
  };
  return changeRecords(access, {
    name,
    groups,
    expected,
    read: async ({ address }) => (await consumerGroups(remoting, address, options)).get(name),
    shown: settingsOf,
    write: ({ address }, record) => changeConsumerGroup(remoting, address, record, settings, options),
  });
}

export function deleteConsumerAt(
  access: ClusterAccess,
  name: string,
  confirm: string,
): Promise<ChangeResult> {
  checkConfirmed(name, confirm);
  return access.changeAt(
    access.writers(),
    ({ group }) => group,
    ({ address }) => deleteConsumerGroup(access.remoting, address, { groupName: name }, access.options),
  );
}
