/**
 * Where a message that came through a proxy is stored; the client itself does not tell. A message that is delivered
 * again has the place of its copy in the group's retry topic.
 * Source: org.apache.rocketmq.common.consumer.ReceiptHandle.encode.
 */
export function parseReceiptHandle(handle: string): { readonly group: string; readonly queue: number } {
  const fields = handle.split(" ");
  const group = fields[5] ?? "";
  const queue = Number(fields[6]);
  if (group === "" || !Number.isSafeInteger(queue) || queue < 0) {
    throw new Error(`a receipt handle of an unknown form: ${handle.slice(0, 100)}`);
  }
  return { group, queue };
}
