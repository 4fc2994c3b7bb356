// The text of docs/reference/cluster-spec.md, from the spec's JSON schema.
import { specJsonSchema } from "@hotfire/topology";
import { z } from "zod";

/** What the page tells of a schema; a schema in a schema is of the same shape. */
interface Node {
  readonly type?: string | undefined;
  readonly description?: string | undefined;
  readonly enum?: readonly (string | number)[] | undefined;
  readonly const?: string | number | undefined;
  readonly properties?: Readonly<Record<string, Node>> | undefined;
  readonly required?: readonly string[] | undefined;
  readonly anyOf?: readonly Node[] | undefined;
  readonly items?: Node | undefined;
}

const node: z.ZodType<Node> = z.lazy(() =>
  z.object({
    type: z.string().optional(),
    description: z.string().optional(),
    enum: z.array(z.union([z.string(), z.number()])).optional(),
    const: z.union([z.string(), z.number()]).optional(),
    properties: z.record(z.string(), node).optional(),
    required: z.array(z.string()).optional(),
    anyOf: z.array(node).optional(),
    items: node.optional(),
  }),
);

const introduction = `# Cluster spec

Every key of a spec. \`hotfire init\` writes one with comments, and editors complete and check it by \`schema/cluster-spec.schema.json\`.
[Describe a cluster](../how-to/describe-a-cluster.md) shows how to use it. A key that is not here is a mistake, named with its line.

RocketMQ's own keys go under \`properties\` (\`hotfire config keys\` lists them), but for those that follow from the mode, the network or the
node's place: a spec that sets one of these gets an error that names the key to use instead.

This page is generated from the schema by \`make render\`.

| key | value | what it does |
|---|---|---|
`;

/** The page, a row a key; keys of a mapping follow it with its name before them. */
export function specPage(): string {
  return introduction + rows(node.parse(specJsonSchema()), "").join("");
}

function rows({ properties = {}, required = [] }: Node, prefix: string): string[] {
  return Object.entries(properties).flatMap(([key, value]) => {
    const path = `${prefix}${key}`;
    const needed = required.includes(key) ? " Required." : "";
    const about = `${value.description ?? ""}${needed}`.replaceAll("|", "\\|").trim();
    return [`| \`${path}\` | ${valueText(value)} | ${about} |\n`, ...inner(value, path)];
  });
}

/** Keys below this one: of a mapping, of each entry of a list, of each alternative. */
function inner(value: Node, path: string): string[] {
  return [
    ...rows(value, `${path}.`),
    ...(value.items === undefined ? [] : inner(value.items, `${path}[]`)),
    ...(value.anyOf ?? []).flatMap((one) => inner(one, path)),
  ];
}

function valueText(value: Node): string {
  if (value.anyOf !== undefined) return [...new Set(value.anyOf.map(valueText))].join(", ");
  if (value.const !== undefined) return `\`${value.const}\``;
  if (value.enum !== undefined) return value.enum.map((one) => `\`${one}\``).join(", ");
  return { array: "list", object: "mapping", integer: "number" }[value.type ?? ""] ?? value.type ?? "";
}
