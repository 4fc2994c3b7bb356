import { fileURLToPath } from "node:url";

/** The checkout that this file runs from: the images' sources and the set-up scripts are in it. */
export const projectRoot: string = fileURLToPath(new URL("../../../", import.meta.url));
