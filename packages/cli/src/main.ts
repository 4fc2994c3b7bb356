import { enableCompileCache } from "node:module";

// Compiled sources of this command and its packages, kept between runs: half of a short command's time.
enableCompileCache();

const { runCommandLine } = await import("./command-line.ts");
process.exitCode = await runCommandLine(process.argv.slice(2));
