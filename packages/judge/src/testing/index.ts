export { packFixture, unpackFixture } from "./fixture-file.ts";
