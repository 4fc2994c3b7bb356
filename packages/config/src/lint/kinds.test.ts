import { describe, expect, test } from "vitest";
import { readConfigFile } from "../files/config-file.ts";
import type { Files } from "../rules/rule.ts";
import { fixFiles } from "./fix-files.ts";
import { lint } from "./lint.ts";

const read = (files: Files) => Object.entries(files).map(([path, text]) => readConfigFile(path, text));
const codes = (files: Files) => lint(read(files)).map(({ code }) => code);
const broker = (...lines: readonly string[]) =>
  `brokerClusterName=shop\nbrokerName=shop-a\n${lines.join("\n")}\n`;
const one = (...lines: readonly string[]) => codes({ "broker.conf": broker(...lines) });
const messages = (files: Files) => lint(read(files)).map(({ message }) => message);
const fixed = (text: string, mode: "safe" | "unsafe" = "safe") =>
  fixFiles(read({ "broker.conf": text }), mode).mended[0]?.text;

const variable = (name: string) => `$\{${name}}`;

describe("what stands behind a value", () => {
  test.each([
    "fileReservedTime=48 # two days",
    "fileReservedTime=48#two days",
    "autoCreateTopicEnable=false // production",
    "flushDiskType=SYNC_FLUSH # safe",
    "storePathRootDir=/data/shop # the big disk",
    "namesrvAddr=10.1.0.1:9876;10.1.0.2:9876 # both",
    "brokerIP1=10.1.0.1#mine",
    "fileReservedTime=48 deleteWhen=04",
    "listenPort=10911; fileReservedTime=48",
  ])("is the only finding of %s", (line) => {
    expect(one(line)).toEqual(["TEXT_BEHIND_VALUE"]);
  });

  test.each(["aclFile=x", "storePathRootDir=//server/share", "storePathRootDir=/data/a#1"])(
    "is not what belongs to %s",
    (line) => {
      expect(one(line)).not.toContain("TEXT_BEHIND_VALUE");
    },
  );

  test("gets a line of its own, with the file's line ends and bytes", () => {
    expect(fixed("brokerName=a # stra\xc3\x9fe\r\nfileReservedTime=48 deleteWhen=04\r\n")).toBe(
      "# stra\xc3\x9fe\r\nbrokerName=a\r\nfileReservedTime=48\r\ndeleteWhen=04\r\n",
    );
    expect(fixed("brokerName=a\nfileReservedTime = 48 // days?")).toBe(
      "brokerName=a\n# days?\nfileReservedTime = 48",
    );
  });
});

describe("an address", () => {
  test.each([
    "My Host",
    "<ip>",
    "REPLACE_ME",
    "192.168.x.x",
    variable("HOST_IP"),
    "10.1.0.1:10911",
    "10.1.0.1,10.1.0.2",
    "0.0.0.0",
    "http://10.1.0.1",
    '"10.1.0.1"',
    "10.1.0",
    "10.1.0.256",
    "10.1.0.1\xef\xbc\x9b",
    "",
  ])("that no client can dial is found: %s", (address) => {
    expect(one(`brokerIP1=${address}`)).toContain("ADDRESS_HOST");
  });

  test.each([
    "10.1.0.1",
    "rmq_broker_1",
    "broker-a.shop.svc.cluster.local",
    "[fd00::1]",
    "localhost.localdomain",
  ])("that it can is left alone: %s", (address) => {
    expect(one(`brokerIP1=${address}`)).toEqual([]);
  });

  test.each([
    "10.1.0.1:98760;10.1.0.2:9876",
    "http://10.1.0.1:9876;10.1.0.2:9876",
    `${variable("NAMESRV")};10.1.0.2:9876`,
    '"10.1.0.1:9876;10.1.0.2:9876"',
    "0.0.0.0:9876;10.1.0.2:9876",
    "fd00::1:9876;[fd00::2]:9876",
    "your host:9876;10.1.0.2:9876",
  ])("of a name server has its format: %s", (list) => {
    expect(one(`namesrvAddr=${list}`)).toContain("NAMESRV_FORMAT");
  });

  test("of a name server may be IPv6 in brackets, and full-width separators are mended", () => {
    expect(one("namesrvAddr=[fd00::1]:9876;[fd00::2]:9876")).toEqual([]);
    const wide = "namesrvAddr=10.1.0.1:9876\xef\xbc\x9b10.1.0.2:9876";
    expect(one(wide)).toContain("NAMESRV_SEPARATOR");
    expect(fixed(broker(wide))).toContain("namesrvAddr=10.1.0.1:9876;10.1.0.2:9876\n");
  });
});

describe("DLedger's peers", () => {
  const member = (peers: string, id = "n0", name = "shop-a") =>
    `brokerName=${name}\nenableDLegerCommitLog=true\ndLegerGroup=shop-a\ndLegerPeers=${peers}\ndLegerSelfId=${id}\n`;
  const sound = "n0-h0:40911;n1-h1:40911;n2-h2:40911";

  test.each([
    ["blanks, which DLedger does not trim", sound.replaceAll(";", "; ")],
    ["a blank at the end", `${sound} `],
    ["IPv6", sound.replace("h1", "[fd00::1]")],
    ["a port beyond 65535", sound.replace("h2:40911", "h2:409110")],
    ["a variable", sound.replace("h2", variable("H2"))],
  ])("do not bear %s", (_, peers) => {
    expect(codes({ "n0.conf": member(peers) })).toContain("PEERS_FORMAT");
  });

  test("under several brokerNames are one finding, and no advice to make three groups", () => {
    const files = {
      "0/b.conf": member(sound, "n0", "m0"),
      "1/b.conf": member(sound, "n1", "m1"),
      "2/b.conf": member(sound, "n2", "m2"),
    };
    expect(codes(files)).toEqual(["DLEDGER_NAMES_DIFFER"]);
    expect(messages(files)[0]).toContain("m0, m1, m2");
  });
});

describe("one machine", () => {
  const container = (name: string, port: number) =>
    `brokerName=${name}\nbrokerIP1=10.1.0.1\nlistenPort=${port}\nstorePathRootDir=/home/rocketmq/store\n`;

  test("is not an address that containers share", () => {
    expect(codes({ "1/b.conf": container("a", 10911), "2/b.conf": container("b", 10921) })).toEqual([]);
  });

  test("has an address and port once: one finding for one cause", () => {
    expect(codes({ "1/b.conf": container("a", 10911), "2/b.conf": container("b", 10911) })).toEqual([
      "ADVERTISED_TWICE",
    ]);
  });

  test("is a folder whose brokers have ports of their own and no addresses", () => {
    const found = codes({
      "m.conf": broker("brokerId=0", "listenPort=10911"),
      "s.conf": broker("brokerId=1", "brokerRole=SLAVE", "listenPort=10912"),
    });
    expect(found).toEqual(["STORE_SHARED", "PORT_CLASH"]);
  });
});

describe("keys against each other", () => {
  test.each([
    ["ACL 1.0", ["aclEnable=true"], ["ACL_1_0"]],
    ["rules without logins", ["authorizationEnabled=true"], ["ACL_2_0"]],
    ["logins without users", ["authenticationEnabled=true"], ["ACL_2_0", "ACL_2_0", "ACL_2_0"]],
    ["a level that is none", ["messageDelayLevel=1s 5x"], ["DELAY_LEVELS"]],
    ["two blanks between levels", ["messageDelayLevel=1s  5s"], ["DELAY_LEVELS"]],
    ["a delay of a week", ["messageDelayLevel=1s 7d"], ["DELAY_OUTLIVES_RETENTION"]],
    ["a delay of a week, kept for two", ["messageDelayLevel=1s 7d", "fileReservedTime=336"], []],
    ["a boolean that is none", ["autoCreateTopicEnable=yes"], ["VALUE_TYPE"]],
    ["a path of Windows", ["storePathRootDir=D:\\new\\store"], ["PATH_BACKSLASH"]],
    ["a key in another case", ["brokerIp2=10.1.0.1"], ["KEY_UNKNOWN"]],
    ["a default", ["enableControllerMode=false", "brokerRole=ASYNC_MASTER", "brokerId=0"], []],
    ["more copies than replicas", ["inSyncReplicas=2"], ["IN_SYNC_ABOVE_GROUP"]],
  ])("%s", (_, lines, expected) => {
    expect(one(...lines)).toEqual(expected);
  });

  test("the same letters in another case are what was meant", () => {
    expect(lint(read({ "broker.conf": broker("brokerIp2=10.1.0.1") }))[0]?.fix).toBe(
      "Did you mean brokerIP2?",
    );
  });

  test("a boolean has one story", () => {
    const [finding] = lint(read({ "broker.conf": broker("autoCreateTopicEnable=yes") }));
    expect(finding?.message).toContain("reads it as false");
    expect(finding?.fix).toBe("Write true or false.");
  });
});

describe("files against each other", () => {
  const controllers = (ids: readonly string[]): Files =>
    Object.fromEntries(
      ids.map((id, index) => [
        `namesrv-${index}.conf`,
        `listenPort=9876\nenableControllerInNamesrv=true\ncontrollerDLegerGroup=c\ncontrollerDLegerPeers=n0-h0:9878;n1-h1:9878;n2-h2:9878\ncontrollerDLegerSelfId=${id}\n`,
      ]),
    );
  const asking = (port: number) =>
    broker(
      "enableControllerMode=true",
      `controllerAddr=h0:${port};h1:${port};h2:${port}`,
      "totalReplicas=2",
      "inSyncReplicas=2",
    );

  test("controllers in name servers: their ids, and where brokers ask for them", () => {
    expect(codes(controllers(["n0", "n1", "n2"]))).toEqual([]);
    expect(codes(controllers(["n0", "n0", "n0"]))).toEqual([
      "CONTROLLER_SELF_DUPLICATE",
      "CONTROLLER_SELF_DUPLICATE",
    ]);
    const { "broker.conf": file, ...rest } = {
      ...controllers(["n0", "n1", "n2"]),
      "broker.conf": asking(9877),
    };
    expect(codes({ ...rest, "broker.conf": file })).toEqual(["CONTROLLER_ADDR_WRONG"]);
    expect(codes({ ...rest, "broker.conf": asking(9878) })).toEqual([]);
  });

  test("a slave that no master belongs to, alone too", () => {
    expect(codes({ "s.conf": broker("brokerId=1", "brokerRole=SLAVE") })).toEqual(["SLAVE_WITHOUT_MASTER"]);
  });

  test("a proxy's own keys, and its cluster", () => {
    const proxy = (cluster: string, more = "") =>
      `{\n  "rocketMQClusterName": "${cluster}",\n  "grpcServerPort": "8081"${more}\n}\n`;
    const of = (json: string) => codes({ "broker.conf": broker(), "rmq-proxy.json": json });
    expect(of(proxy("shop"))).toEqual([]);
    expect(of(proxy("DefaultCluster"))).toEqual(["PROXY_CLUSTER"]);
    expect(of(proxy("shop", ',\n  "grpcPort": 1'))).toEqual(["KEY_UNKNOWN"]);
    expect(of(proxy("shop", ',\n  "useEndpointPortFromRequest": "maybe"'))).toEqual(["VALUE_TYPE"]);
    expect(of("{")).toEqual(["JSON_BROKEN"]);
  });
});

describe("other software's files", () => {
  const foreign: Files = {
    "nginx.conf":
      "worker_processes 1;\nevents {\n  worker_connections 1024;\n}\nhttp {\n  listen 80;\n  listen 80;\n}\n",
    "redis.conf": "bind 127.0.0.1\nport 6379\ntimeout 0\nsave 900 1\nsave 300 10\n",
    "application.properties":
      "spring.profiles.active=dev\nrocketmq.name-server=10.1.0.1:9876\nspring.profiles.active=prod\n",
    "logstash.conf": "input {\n  beats {\n    port => 5044\n  }\n}\noutput {\n  stdout {}\n}\n",
    "server.properties": "broker.id=0\nlisteners=PLAINTEXT://:9092\nlog.dirs=/data/kafka\n",
    "values.conf": "services:\n  broker:\n    image: x\n    image: y\n",
    "my.conf": "[mysqld]\nport=3306\nport=3307\n",
    "package.json": '{ "name": "x", "version": "1" }\n',
    "broker.log.conf":
      "2026-01-01 10:00:00 INFO main - brokerName=shop-a\n2026-01-01 10:00:01 INFO main - brokerId=0\n",
    "empty.conf": "# nothing\n",
  };

  test("are named once, judged by no rule and never edited", () => {
    const found = lint(read(foreign));
    expect(found.map(({ file }) => file).sort()).toEqual(Object.keys(foreign).sort());
    expect(new Set(found.map(({ code, severity }) => `${severity} ${code}`))).toEqual(
      new Set(["note NOT_ROCKETMQ"]),
    );
    const { mended, done } = fixFiles(read(foreign), "unsafe");
    expect(done).toEqual([]);
    expect(Object.fromEntries(mended.map(({ path, text }) => [path, text]))).toEqual(foreign);
  });

  test("do not hide RocketMQ's own, under a licence or with a slip in each key", () => {
    expect(codes({ "broker.conf": `<!--\n  Licensed under something\n-->\n${broker()}` })).not.toContain(
      "NOT_ROCKETMQ",
    );
    expect(codes({ "broker.conf": "brokername=shop-a\nbroker_id=0\n" })).toEqual([
      "KEY_UNKNOWN",
      "KEY_UNKNOWN",
    ]);
  });

  test("accounts of ACL 1.0 are named and never touched", () => {
    const files = { "plain_acl.yml": "accounts:\n- accessKey: app\n  secretKey: secret\n- accessKey: app\n" };
    expect(codes(files)).toEqual(["ACL_1_0"]);
    expect(fixFiles(read(files), "unsafe").mended[0]?.text).toBe(files["plain_acl.yml"]);
  });
});

describe("--fix", () => {
  test("does unasked what is broken now, and lists what a running cluster would do otherwise", () => {
    const text = broker(
      "namesrvAddr=10.1.0.1:9876,10.1.0.2:9876",
      "flushDisktype=SYNC_FLUSH",
      "mapedFileSizeCommitLog=1048576",
    );
    const { mended, left } = fixFiles(read({ "broker.conf": text }), "safe");
    expect(mended[0]?.text).toBe(text.replace("9876,", "9876;"));
    expect(left.map(({ code }) => code)).toEqual(["KEY_UNKNOWN", "KEY_REPLACED"]);
    expect(fixed(text, "unsafe")).toContain("flushDiskType=SYNC_FLUSH\nmappedFileSizeCommitLog=1048576\n");
  });

  test("finds nothing any more of what it claims to have mended", () => {
    const text = broker(
      "namesrvAddr=10.1.0.1:9876 10.1.0.2:9876 # both",
      "brokerIp2=10.1.0.1",
      "messageDelayLevel=1s,5s",
    );
    const { mended, done } = fixFiles(read({ "broker.conf": text }), "unsafe");
    const still = new Set(lint(mended).map(({ code }) => code));
    expect(done.length).toBeGreaterThan(2);
    for (const { code } of done) expect(still).not.toContain(code);
  });
});

describe("a name or path", () => {
  test.each([
    ['brokerName="shop-a"', "shop-a"],
    ["storePathRootDir='/data/store'", "/data/store"],
    ["storePathRootDir=~/store", undefined],
    [`storePathRootDir=${variable("user.home")}/store`, undefined],
    ["storePathCommitLog=$HOME/store/commitlog", undefined],
    ["storePathRootDir=%ROCKETMQ_HOME%/store", undefined],
  ])("is taken as it stands: %s", (line, meant) => {
    const found = lint(read({ "broker.conf": broker(line) })).filter(({ code }) => code === "VALUE_LITERAL");
    expect(found.map(({ isFixUnsafe }) => isFixUnsafe)).toEqual([true]);
    expect(found[0]?.edits.map(({ text }) => text)).toEqual(meant === undefined ? [] : [meant]);
  });

  test.each(["storePathRootDir=/data/a~b$1", "brokerClusterName=it's", "storePathRootDir=store"])(
    "may hold any other character: %s",
    (line) => expect(codes({ "broker.conf": broker(line) })).not.toContain("VALUE_LITERAL"),
  );
});

describe("a proxy's JSON", () => {
  const keys = '"rocketMQClusterName": "shop", "namesrvAddr": "10.1.0.1:9876;10.1.0.2:9876"';

  // Each as fastjson2 2.0.59's JSON.parseObject takes it.
  test.each([
    ["a comment of a line", `{\n  // cluster, "x": {\n  ${keys}\n}`],
    ["a comment of several", `{ /* "a",\n } */ ${keys} }`],
    ["a comma before the end", `{ ${keys}, // last\n}`],
    ["a byte order mark", `\xef\xbb\xbf{ ${keys} }`],
    ["single quotes", `{ ${keys.replaceAll('"', "'")} }`],
    ["a slash in a string", `{ ${keys}, "tlsCertPath": "//a,}" }`],
  ])("may have %s", (_, text) => {
    const [file] = read({ "rmq-proxy.json": text });
    expect(file?.broken).toBeUndefined();
    expect(file?.byKey.get("namesrvAddr")?.value).toBe("10.1.0.1:9876;10.1.0.2:9876");
    expect(codes({ "rmq-proxy.json": text })).toEqual([]);
  });

  test.each([
    ["names without quotes", `{ rocketMQClusterName: "shop" }`],
    ["a comment with #", `# shop\n{ ${keys} }`],
    ["text behind the end", `{ ${keys} } x`],
    ["an open bracket", `{ ${keys} `],
    ["no object", "[]"],
  ])("may not have %s", (_, text) => {
    expect(codes({ "rmq-proxy.json": text })).toEqual(["JSON_BROKEN"]);
  });
});

describe("one cause is one finding", () => {
  test("of a number that is none", () => {
    expect(codes({ "broker.conf": broker("maxMessageSize=4294967296") })).toEqual(["VALUE_TYPE"]);
  });

  test("of a Windows path whose escapes Java refuses, and --fix mends it: the broker does not start", () => {
    const text = broker("storePathRootDir=C:\\users\\x");
    expect(codes({ "broker.conf": text })).toEqual(["BAD_ESCAPE"]);
    expect(fixed(text, "safe")).toContain("storePathRootDir=C:/users/x\n");
  });

  test("of full-width punctuation in an address", () => {
    expect(codes({ "broker.conf": broker("brokerIP1=10.1.0.1\xef\xbc\x9b") })).toEqual(["ADDRESS_HOST"]);
  });

  test("of a character that cannot be seen, which --fix=unsafe takes out", () => {
    const text = broker("\xe2\x80\x8bfileReservedTime=48");
    expect(lint(read({ "broker.conf": text })).find(({ code }) => code === "ENCODING")?.message).toContain(
      "invisible",
    );
    expect(fixed(text, "unsafe")).toContain("\nfileReservedTime=48");
  });
});

test("a heading of INI does not hide a broker's file", () => {
  expect(codes({ "broker.conf": `[broker]\n${broker()}` })).toEqual(["KEY_UNKNOWN"]);
});
