import { Request } from "microserver/server/request";
import { route, showsTarget } from "./requests";

route("/");

const a = (request: Request): string | null => request.query.get("a");
const everyA = (request: Request): string | null => request.query.all("a").join("|");
const keys = (request: Request): string | null => request.query.keys().join("|");
const hasA = (request: Request): string | null => (request.query.has("a") ? "yes" : "no");
const accent = (request: Request): string | null => request.query.get("é & €");
const nothing = (request: Request): string | null => request.query.get("");

describe("query: the value of a key", () => {
  showsTarget("/?a=b", a, "b");
  showsTarget("/?x=y&a=b&c=d", a, "b");
  showsTarget("/?a=b&a=c", a, "c");
  showsTarget("/?a=", a, "");
  showsTarget("/?a", a, "");
  showsTarget("/?a&b", a, "");
  showsTarget("/?a=b=c", a, "b=c");
  showsTarget("/?a==", a, "=");
  showsTarget("/?a=b?c", a, "b?c");
  showsTarget("/?a=b;c=d", a, "b;c=d");
  showsTarget("/?&&a=b&&", a, "b");
  showsTarget("/?A=b", a, "-");
  showsTarget("/?aa=b", a, "-");
  showsTarget("/?b=a", a, "-");
  showsTarget("/?", a, "-");
  showsTarget("/", a, "-");
  showsTarget("/?=x", nothing, "x");
  showsTarget("/?a=x", nothing, "-");
});

describe("query: decoding", () => {
  showsTarget("/?a=b+c", a, "b c");
  showsTarget("/?a=b%20c", a, "b c");
  showsTarget("/?a=b%2Bc", a, "b+c");
  showsTarget("/?a=b%26c%3Dd", a, "b&c=d");
  showsTarget("/?a=%2541", a, "%41");
  showsTarget("/?a=Zo%C3%AB", a, "Zoë");
  showsTarget("/?a=%F0%9F%98%80", a, "\ud83d\ude00");
  showsTarget("/?a=%ff", a, "\ufffd");
  showsTarget("/?a=%00", a, "\0");
  showsTarget("/?a=100%", a, "100%");
  showsTarget("/?a=%zz%4", a, "%zz%4");
  showsTarget("/?%61=b", a, "b");
  showsTarget("/?%C3%A9+%26+%E2%82%AC=yes", accent, "yes");
});

describe("query: all values of a key", () => {
  showsTarget("/?a=1&b=2&a=3&a", everyA, "1|3|");
  showsTarget("/?b=2", everyA, "");
  showsTarget("/", everyA, "");
});

describe("query: keys", () => {
  showsTarget("/?a=1&b=2&a=3&%63", keys, "a|b|c");
  showsTarget("/?=1", keys, "");
  showsTarget("/", keys, "");
});

describe("query: whether there is a key", () => {
  showsTarget("/?a", hasA, "yes");
  showsTarget("/?b=a", hasA, "no");
  showsTarget("/", hasA, "no");
});

describe("query: of an absolute target", () => {
  showsTarget("http://x/?a=b", a, "b");
  showsTarget("http://x?a=b", a, "b");
});
