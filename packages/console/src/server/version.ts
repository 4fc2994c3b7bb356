/** As in package.json; a test holds them together. */
export const consoleVersion = "0.1.0";
