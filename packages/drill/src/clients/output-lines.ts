import { StringDecoder } from "node:string_decoder";
import type { OutputChunk } from "@hotfire/engine";

const maxLine = 256 * 1024;
const tailLength = 20;
const maxTailLine = 300;
/** Of Java and of Node: a few of them would push the reason out. */
const stackFrame = /^\s+(at |\.\.\. \d+ more)/;

/** Takes a program's output apart: whole lines of stdout to the callback, the last few of stderr kept. */
export class OutputLines {
  readonly #onLine: (line: string) => void;
  readonly #partial = { stdout: "", stderr: "" };
  readonly #decoders = { stdout: new StringDecoder("utf8"), stderr: new StringDecoder("utf8") };
  readonly #tail: string[] = [];

  constructor(onLine: (line: string) => void) {
    this.#onLine = onLine;
  }

  /** The last lines of stderr, oldest first, an unfinished one included. */
  get tail(): readonly string[] {
    const unfinished = this.#partial.stderr.trim();
    return unfinished === "" ? this.#tail : [...this.#tail, unfinished.slice(0, maxTailLine)];
  }

  add({ stream, data }: OutputChunk): void {
    const lines = (this.#partial[stream] + this.#decoders[stream].write(data)).split("\n");
    const rest = lines.pop() ?? "";
    // A program that never ends its line must not fill the memory; what is left of the line is nonsense, and told.
    this.#partial[stream] = rest.length > maxLine ? rest.slice(0, maxTailLine) : rest;
    for (const line of lines) this.#take(stream, line.replace(/\r$/, ""));
  }

  #take(stream: OutputChunk["stream"], line: string): void {
    if (line.trim() === "") return;
    if (stream === "stdout") this.#onLine(line);
    else if (!stackFrame.test(line) && this.#tail.push(line.slice(0, maxTailLine)) > tailLength)
      this.#tail.shift();
  }
}
