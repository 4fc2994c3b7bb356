import { z } from "zod";
import { specSchema } from "./schema.ts";

/** JSON schema (draft 7, what editors' YAML support reads) of a cluster spec as a person writes it. */
export function specJsonSchema(): Record<string, unknown> {
  const { $schema, ...schema } = z.toJSONSchema(specSchema, { io: "input", target: "draft-7" });
  return { $schema, title: "Hotfire cluster spec", ...schema };
}
