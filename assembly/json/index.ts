export { JsonReader, readJson } from "./reader";
export { JsonValue } from "./value";
export { writeJson } from "./writer";
