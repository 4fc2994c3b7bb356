export { hashPassword } from "./http/password.ts";
export type { ConsoleOptions } from "./options.ts";
export { checkSafety, OptionsError, parseEnvironment } from "./options.ts";
export type { RunningConsole } from "./start-console.ts";
export { startConsole } from "./start-console.ts";
