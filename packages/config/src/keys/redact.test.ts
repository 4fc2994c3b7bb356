import { describe, expect, it } from "vitest";
import { redact } from "./redact.ts";

describe("redaction", () => {
  it.each([
    ["ROCKETMQ_secretKey=abc123", "ROCKETMQ_secretKey=(left out)"],
    ['"Env": ["DB_PASSWORD=hunter2", "LANG=C"]', '"Env": ["DB_PASSWORD=(left out)", "LANG=C"]'],
    [
      '"ROCKETMQ_CONF=listenPort=1\\naccessKey=k\\nbrokerName=b"',
      '"ROCKETMQ_CONF=listenPort=1\\naccessKey=(left out)\\nbrokerName=b"',
    ],
    ["  rocketmqPassword: p4ss", "  rocketmqPassword: (left out)"],
    ['{"apiToken":"x y","name":"n"}', '{"apiToken":"(left out)","name":"n"}'],
    [
      `io.hotfire.spec: '{"a":{"secretKey":"s3"},"b":1}'`,
      `io.hotfire.spec: '{"a":{"secretKey":"(left out)"},"b":1}'`,
    ],
    [
      `"spec": "{\\"secretKey\\":\\"s3\\",\\"b\\":1}"`,
      `"spec": "{\\"secretKey\\":\\"(left out)\\",\\"b\\":1}"`,
    ],
    ["ROCKETMQ_CONF=secretKey=s3", "ROCKETMQ_CONF=secretKey=(left out)"],
  ])("%s", (text, expected) => {
    expect(redact(text)).toBe(expected);
  });

  it.each(["brokerName=broker-a", "enableSecretRotation=true", "keyHash: 12"])("leaves %s alone", (text) => {
    expect(redact(text)).toBe(text);
  });
});
