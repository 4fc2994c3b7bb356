import { expect, test } from "vitest";
import { translator } from "../../i18n/index.ts";
import { clientsText, lagText } from "./lag-text.ts";

const t = translator("en");

test("a lag is at most so much, and one that is not known is not called 0", () => {
  expect([lagText(1234, t), lagText(0, t), lagText(null, t)]).toEqual(["≤ 1,234", "0", "unknown"]);
});

test("clients through proxies are counted, and a proxy that does not answer is not called no client", () => {
  expect(clientsText({ clients: 2, proxyClients: 0 }, t)).toBe("2");
  expect(clientsText({ clients: 0, proxyClients: 3 }, t)).toBe("3 through a proxy");
  expect(clientsText({ clients: 2, proxyClients: 3 }, t)).toBe("2 + 3 through a proxy");
  expect(clientsText({ clients: 0, proxyClients: null }, t)).toBe("through a proxy?");
});
