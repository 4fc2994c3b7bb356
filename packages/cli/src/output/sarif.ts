import { type Finding, lintRules } from "@hotfire/config";
import { version } from "../version.ts";

/** Findings as SARIF 2.1.0, which code hosts show beside the lines. */
export function toSarif(findings: readonly Finding[]): object {
  const rules = lintRules.map(({ code, severity, title, breaks }) => ({
    id: code,
    shortDescription: { text: title },
    fullDescription: { text: breaks },
    defaultConfiguration: { level: severity },
  }));
  const index = new Map(rules.map(({ id }, position) => [id, position]));
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "hotfire lint", semanticVersion: version, rules } },
        columnKind: "utf16CodeUnits",
        results: findings.map(({ code, severity, file, line, column, message, fix }) => ({
          ruleId: code,
          ruleIndex: index.get(code),
          level: severity,
          message: { text: `${message}. ${fix}` },
          locations: [
            {
              physicalLocation: {
                artifactLocation: { uri: encodeURI(file) },
                region: { startLine: line, startColumn: column },
              },
            },
          ],
        })),
      },
    ],
  };
}
