/** Fields of application/x-www-form-urlencoded content: `req.form`. */

import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { buildApp } from "../../host/build/app.js";
import { load, type App } from "../../host/sandbox/index.js";

const UPLOADS = new URL("../../../tests/apps/uploads", import.meta.url).pathname;
const TYPE = "application/x-www-form-urlencoded";

let app: App;
before(async () => {
  app = await load((await buildApp(UPLOADS)).wasm);
});

/** What the app found: the field "name", whether it is there, then all. */
async function form(body: string, type: string | null = TYPE): Promise<string> {
  return (await app.fetch("/form", { method: "POST", body, headers: type === null ? {} : { "Content-Type": type } }))
    .text;
}

describe("a form's fields", () => {
  const cases: [body: string, found: string][] = [
    ["name=Ada", "Ada|true|name=Ada"],
    ["name=Ada+L%2e&x=1", "Ada L.|true|name=Ada L.;x=1"],
    ["x=1&x=2&name=a&x=3", "a|true|x=1,2,3;name=a"],
    ["name=a&name=b", "b|true|name=a,b"],
    ["name", "|true|name="],
    ["name=", "|true|name="],
    ["name=a=b", "a=b|true|name=a=b"],
    ["na%6de=Zo%C3%AB", "Zoë|true|name=Zoë"],
    ["name=%zz%", "%zz%|true|name=%zz%"],
    ["name=%ff", "\ufffd|true|name=\ufffd"],
    ["&&name=a&", "a|true|name=a"],
    ["Name=a", "nobody|false|Name=a"],
    ["=a", "nobody|false|=a"],
    ["", "nobody|false|"],
  ];
  for (const [body, found] of cases) it(`"${body}"`, async () => assert.equal(await form(body), found));
});

describe("the content's type", () => {
  for (const type of [`${TYPE}; charset=utf-8`, `${TYPE} ;charset=UTF-8`, TYPE.toUpperCase()])
    it(`may be ${type}`, async () => assert.equal(await form("name=a", type), "a|true|name=a"));
  for (const type of [
    null,
    "",
    "text/plain",
    `${TYPE}s`,
    `x${TYPE}`,
    "multipart/form-data; boundary=x",
    "application/json",
  ])
    it(`has no fields where it is ${type}`, async () => assert.equal(await form("name=a", type), "nobody|false|"));
});
