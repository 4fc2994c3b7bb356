import { z } from "zod";
import { epochMs } from "./common.ts";

/** Why a node could not be asked; `other`: what the text says. */
export const silences = ["refuses", "closed", "silent", "no-broker", "other"] as const;
export type Silence = (typeof silences)[number];

/** Beside every `problem` of a node: the same for programs, and for pages in other languages. */
export const silenceSchema = z.enum(silences);

/** NoWriterReason of the topology package, written out: the page knows this package only. */
export const noWriterReasons = [
  "electing",
  "no-majority",
  "controllers-gone",
  "no-replica",
  "disk-full",
  "read-only",
  "too-few-replicas",
  "out-of-memory",
  "down",
  "unknown",
] as const;

/** A broker group, or a proxy, that did not answer a question put to all. */
export const missingSchema = z.object({ group: z.string(), problem: z.string(), silence: silenceSchema });
export type Missing = z.infer<typeof missingSchema>;

/** The problem in English, a line. */
const text = z.string();
/** What was seen that says so, in English: what a cluster says of itself has no other language. */
const detail = z.string();
const node = z.string();
const group = z.string();

/** What is wrong with the cluster: a code with what it is about, and the same in English. */
export const problemSchema = z.discriminatedUnion("code", [
  z.object({
    code: z.literal("NO_WRITER"),
    group,
    why: z.enum(noWriterReasons),
    /** null: it cannot be told. */
    since: epochMs.nullable(),
    detail,
    text,
  }),
  z.object({ code: z.literal("RIVAL_WRITERS"), group, writers: z.number().int(), text }),
  z.object({ code: z.literal("NODE_UNREACHABLE"), node, silence: silenceSchema, text }),
  z.object({ code: z.literal("NODE_SICK"), node, detail, text }),
  z.object({ code: z.literal("NODE_WITHOUT_ROLE"), node, text }),
  z.object({ code: z.literal("SLAVE_DISCONNECTED"), node, text }),
  z.object({ code: z.literal("CONTROLLERS_LEADERLESS"), text }),
]);
export type Problem = z.infer<typeof problemSchema>;
export const problemCodes: readonly Problem["code"][] = problemSchema.options.map(
  ({ shape }) => shape.code.value,
);
