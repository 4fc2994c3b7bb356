import { expect } from "vitest";
import { testFileVariable } from "./timings.ts";

process.env[testFileVariable] = expect.getState().testPath;
