// The text of docs/reference/lint.md, from the rules themselves.
import { type Files, ruleSections } from "@hotfire/config";

const introduction = `# hotfire lint

\`hotfire lint FILE|FOLDER...\` reads RocketMQ's \`.properties\` and \`.conf\` files as RocketMQ does (Java properties: escapes,
continued lines, \`=\`, \`:\` or a blank between key and value, ISO-8859-1, the last of duplicate keys wins) and judges each file, and
all together as one cluster. Files that are named are one cluster. Of a folder, each folder in it that holds files is one; where
none holds more than one (a folder a host), all of them are.

    hotfire lint /etc/rocketmq             findings with line, what each breaks, and the fix
    hotfire lint conf/*.conf --fix         mends, and shows what changed
    hotfire lint conf --fix --dry-run      shows it, and writes nothing
    hotfire lint conf --fix=unsafe         also what a running cluster would then do otherwise, each listed first
    hotfire lint --explain DLEDGER_GROUP   one rule
    hotfire lint conf --json               for programs; --sarif for code hosts

Whether a file is RocketMQ's is decided once, before any rule: by its keys, for proxies' JSON too. nginx, redis, Spring, YAML, logs and
the like are named once ([NOT_ROCKETMQ](#not_rocketmq)), judged by no other rule and never edited. \`--fix\` keeps line ends and
bytes, writes beside the file and renames. It does by itself what is a matter of form or broken now; a key or value that RocketMQ
ignores today, and would obey after the mend, changes what a running cluster does at its next start: that is \`--fix=unsafe\`.

Exit codes: 0 clean and silent, or nothing but notes; 1 findings; 2 something could not be read; 3 a mistake on the command line. Files are checked
against every key of RocketMQ 5.5.0, its type and default, as the jars say (\`hotfire config keys\`).

A rule's code is stable. This page is generated from the rules by \`make render\`, and each example is tested: the bad one is
found by its rule, in the good one nothing is found.
`;

/** Each was fetched and linted on 2026-11-25; numbers are findings. */
const found = `
## Found in published configurations

What \`hotfire lint\` found on 2026-11-25 in the configurations that public projects publish, with the rules of that day:

| project | files | found |
|---|---|---|
| apache/rocketmq, 2m-2s-async, 2m-noslave, controller/cluster-3n-independent | 10 | nothing |
| apache/rocketmq, 2m-2s-sync | 4 | \`SYNC_MASTER_ASYNC\` twice: both masters acknowledge without their slave |
| apache/rocketmq, dledger | 3 | \`STORE_IN_TMP\`, \`NAMESRV_SINGLE\` and \`PEERS_SHARE_HOST\` in each: three members on one host, made to try it out |
| apache/rocketmq, controller/quick-start | 3 | \`KEY_WITHOUT_EFFECT\` 4, \`NAMESRV_SINGLE\` 2, \`STORE_IN_TMP\` 2 |
| apache/rocketmq, controller/cluster-3n-namesrv-plugin | 3 | \`KEY_UNKNOWN\` 42: the licence stands in an XML comment, and each of its lines is a key to Java |
| apache/rocketmq, container/2container-2m-2s | 7 | \`NAMESRV_SINGLE\` 2; \`KEY_UNKNOWN\` 2, wrongly: the files of BrokerContainer are not known to lint |
| apache/rocketmq-docker, product/conf/2m-2s-sync | 4 | \`SYNC_MASTER_ASYNC\` twice |
| apache/rocketmq-docker, templates | 7 | \`DLEDGER_GROUP\` 2 and \`STORE_IN_TMP\` 3 in the DLedger files; \`ROLE_CONTRADICTS_ID\` and \`SLAVE_WITHOUT_MASTER\` in the broker's |
| foxiswho/docker-rocketmq | 1 | \`KEY_REPLACED\` 2, \`NAMESRV_SINGLE\` |
`;

const longestExample = 1500;

/** Bytes beyond ASCII and zero bytes as an escape of their own, which no properties file has. */
function visible(text: string): string {
  const short =
    text.length > longestExample ? `${text.slice(0, 20)}… (${text.length} bytes)` : text.trimEnd();
  return [...short]
    .map((char) => {
      const code = char.charCodeAt(0);
      return code === 0 || (code >= 0x80 && code <= 0xff) ? `<${code.toString(16).padStart(2, "0")}>` : char;
    })
    .join("")
    .replaceAll(/ +$/gm, (blanks) => "<20>".repeat(blanks.length));
}

function example(title: string, files: Files): string {
  const blocks = Object.entries(files).map(
    ([file, text]) => `\`\`\`properties\n# ${file}\n${visible(text)}\n\`\`\``,
  );
  return `${title}:\n\n${blocks.join("\n\n")}`;
}

export function lintPage(): string {
  const sections = ruleSections.map(({ title, rules }) => {
    const entries = rules.map((rule) => {
      const severity = { error: "Error", warning: "Warning", note: "Note" }[rule.severity];
      const unsafe = rule.isFixUnsafe === true ? " Mended by `--fix=unsafe` only." : "";
      return `### ${rule.code}\n\n${severity}. ${rule.title} ${rule.breaks}${unsafe}\n\n${example("Bad", rule.bad)}\n\n${example("Good", rule.good)}\n`;
    });
    return `\n## ${title}\n\n${entries.join("\n")}`;
  });
  return introduction + sections.join("") + found;
}
