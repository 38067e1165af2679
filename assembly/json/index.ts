export { JsonReader, readJson } from "./reader";
export { toJson } from "./to_json";
export { JsonValue } from "./value";
export { writeJson } from "./writer";
