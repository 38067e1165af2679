/** Servers are compared by the same work: answers are checked, and what is missing is said. */

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { askOnce, checkResponse } from "../../bench/compare/answer.js";
import { closing, compareCases, type CompareCase } from "../../bench/compare/cases.js";
import type { Figures } from "../../bench/compare/figures.js";
import { load, type Load } from "../../bench/compare/load.js";
import { writePage } from "../../bench/compare/page.js";
import { buildPrograms } from "../../bench/compare/programs.js";
import { filled } from "../../bench/compare/documents.js";
import { asMarkdown, asShortMarkdown, asText } from "../../bench/compare/report.js";
import type { Ready } from "../../bench/compare/server.js";
import { ServerProcess } from "../../bench/compare/server-process.js";
import { servers } from "../../bench/compare/servers.js";
import { projectPath, root } from "../../host/build/project.js";
import { load as loadApp } from "../../host/sandbox/index.js";
import { parseResponse } from "../../host/sandbox/response.js";

before(async () => {
  await buildPrograms();
  writePage();
});

describe("requests", () => {
  const caseOf = (name: string): CompareCase => {
    const found = compareCases.find((one) => one.name === name);
    assert.ok(found, name);
    return found;
  };

  for (const [name, size] of [
    ["json", 44],
    ["browser40", 600],
    ["ws-16", 22],
    ["ws-1k", 1032],
    ["ws-32k", 32_776],
  ] as const) {
    it(`of ${name} have ${size} bytes`, () => assert.equal(caseOf(name).request.length, size));
  }

  it("of post-json have 1 KB of content", () => {
    const [, content = ""] = Buffer.from(caseOf("post-json").request).toString().split("\r\n\r\n");
    assert.equal(content.length, 1024);
  });

  it("close the connection by one field, and keep their content", () => {
    const [head = "", content] = Buffer.from(closing(caseOf("post-json").request))
      .toString()
      .split("\r\n\r\n");
    const [before = "", expected] = Buffer.from(caseOf("post-json").request).toString().split("\r\n\r\n");
    assert.equal(head, `${before}\r\nConnection: close`);
    assert.equal(content, expected);
  });

  it("do not say both keep-alive and close", () => {
    const text = Buffer.from(closing(caseOf("browser40").request)).toString();
    assert.deepEqual(text.match(/^Connection: .*$/gm), ["Connection: close"]);
  });

  it("are routed by the same table in all servers", async () => {
    const ready = await ours([caseOf("browser40")]);
    const { args } = ready.command(caseOf("browser40"), 0);
    const app = await loadApp(args[0] ?? "");
    const listed = readFileSync(projectPath("bench/peers/routes.txt"), "utf8").trim().split("\n").sort();
    const routes = app.routes().map((line) => line.trim().split(/\s+/).slice(0, 2).join(" "));
    assert.deepEqual(routes.sort(), listed);
  });
});

/** Our own server, interpreted. */
async function ours(cases: readonly CompareCase[]): Promise<Ready> {
  const [first] = servers;
  assert.equal(first?.name, "microserver");
  const ready = await first.prepare(cases, () => undefined);
  assert.ok("command" in ready);
  return ready;
}

describe("our own server", () => {
  for (const one of compareCases) {
    it(`does the case ${one.name}`, async () => {
      const ready = await ours([one]);
      const server = await ServerProcess.start((port) => ready.command(one, port));
      try {
        const { content } = await askOnce(server.port, one);
        for (const close of one.closes ? [false, true] : [false]) {
          const seen = await load(server.port, one, content, { connections: 1, bound: { requests: 3 }, close });
          assert.deepEqual([seen.requests, seen.p50 > 0, seen.p50 <= seen.p99], [3, true, true]);
          if (close) assert.equal(seen.connects, 3);
        }
        assert.ok(server.peakMemory > 1e6 && server.cpuSeconds >= 0);
      } finally {
        await server.stop();
      }
    });
  }
});

describe("an answer", () => {
  const expected = { mediaType: "application/json", content: { id: 1 }, fields: { "X-Frame-Options": "DENY" } };
  const head = "HTTP/1.1 200 OK\r\nContent-Type: application/json; charset=utf-8\r\nX-Frame-Options: DENY\r\n";
  const check = (text: string): void => {
    const response = parseResponse(Buffer.from(text))?.response;
    assert.ok(response);
    checkResponse(response, expected);
  };

  it("may have other white space, other fields and another framing", () => {
    check(`${head}Content-Length: 8\r\n\r\n{"id":1}`);
    check(`${head}Date: today\r\nTransfer-Encoding: chunked\r\n\r\n9\r\n{"id": 1}\r\n0\r\n\r\n`);
  });

  for (const [what, text, message] of [
    ["status", `${head.replace("200 OK", "404 Not Found")}Content-Length: 8\r\n\r\n{"id":1}`, "status 404"],
    [
      "type",
      `${head.replace("application/json", "text/plain")}Content-Length: 8\r\n\r\n{"id":1}`,
      "text/plain in place of application/json",
    ],
    ["content", `${head}Content-Length: 8\r\n\r\n{"id":2}`, 'another content: {"id":2}'],
    [
      "field",
      `${head.replace("DENY", "SAMEORIGIN")}Content-Length: 8\r\n\r\n{"id":1}`,
      "X-Frame-Options: SAMEORIGIN in place of DENY",
    ],
  ] as const) {
    it(`must not have another ${what}`, () => assert.throws(() => check(text), { message }));
  }
});

describe("the client", () => {
  const one = compareCases[0];
  assert.ok(one);
  let answers: readonly string[] = [];
  let server: Server;
  /** Whether the server ends a connection behind its answer. */
  let ends = false;
  before(async () => {
    server = createServer((socket) => {
      socket.on("error", () => undefined);
      socket.on("data", () => {
        for (const part of answers) socket.write(part);
        if (ends) socket.end();
      });
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
  });
  after(() => server.close());

  const ask = (parts: readonly string[], how: Partial<Load> = {}, closes = false): ReturnType<typeof load> => {
    answers = parts;
    ends = closes;
    const { port } = server.address() as AddressInfo;
    return load(port, one, Buffer.from("Hello"), { connections: 1, bound: { requests: 4 }, ...how });
  };

  it("keeps a connection", async () => {
    const seen = await ask(["HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nHello"]);
    assert.deepEqual([seen.requests, seen.connects], [4, 1]);
  });

  it("reads chunks", async () => {
    const chunks = [
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nHe\r\n",
      "3;x=y\r\nllo\r\n0\r\n",
      "\r\n",
    ];
    assert.equal((await ask(chunks)).requests, 4);
  });

  it("reads until the end of the connection where there is no other", async () => {
    const seen = await ask(["HTTP/1.0 200 OK\r\n\r\nHel", "lo"], {}, true);
    assert.deepEqual([seen.requests, seen.connects], [4, 4]);
  });

  it("connects anew where the server says that it closes", async () => {
    const seen = await ask(["HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 5\r\n\r\nHello"], {}, true);
    assert.deepEqual([seen.requests, seen.connects], [4, 4]);
  });

  it("asks on several connections", async () => {
    const seen = await ask(["HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nHello"], { connections: 3 });
    assert.deepEqual([seen.requests, seen.connects], [4, 3]);
  });

  it("stops when its time is over", async () => {
    const seen = await ask(["HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nHello"], { bound: { seconds: 0.05 } });
    assert.ok(seen.requests > 0 && seen.seconds > 0);
  });

  for (const [what, part, message] of [
    ["another status", "HTTP/1.1 503 Busy\r\nContent-Length: 5\r\n\r\nHello", /another status/],
    ["another content", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nHullo", /another content/],
    ["a shorter content", "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nHell", /a content of another length/],
    ["fewer chunks", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nHe\r\n0\r\n\r\n", /less content/],
    ["more than an answer", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nHello!", /another content/],
  ] as const) {
    it(`refuses ${what}`, () => assert.rejects(ask([part]), message));
  }

  it("refuses a part of an answer", () =>
    assert.rejects(ask(["HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nHel"], {}, true), /only a part of the answer/));
});

const rate = { perSecond: 12_345, p50: 10, p99: 20.4, cpu: 4.25, busy: 0.5 };
const figures: Figures = {
  date: "2026-11-23T12:00:00.000Z",
  machine: {
    processor: "CPU",
    processors: 2,
    system: "Debian",
    kernel: "6.1",
    compiler: "cc",
    valgrind: "valgrind",
    node: "20",
    load: 0.1,
  },
  seconds: 1,
  pinned: true,
  servers: [
    { name: "a", title: "Server A", version: "1.0" },
    { name: "b", title: "Server B", version: "2.0" },
    { name: "c", title: "Server C", missing: "apt-get install c" },
  ],
  cases: [
    {
      name: "json",
      title: "a GET",
      unit: "request",
      requestBytes: 44,
      results: [
        {
          server: "a",
          instructions: 1234,
          keepAlive: true,
          rates: [
            { connections: 8, close: false, ...rate },
            { connections: 8, close: true, ...rate, perSecond: 99, busy: 1 },
          ],
          peakMemory: 3_400_000,
        },
        { server: "b", lacks: "it has no GET" },
        { server: "c" },
      ],
    },
  ],
};

describe("the report", () => {
  it("has all figures as text", () => {
    assert.equal(
      asText(figures).split("\n\n")[0],
      [
        "json: a GET",
        "           instructions   MB  8 conns: req/s  CPU µs  p50 µs  p99 µs",
        "Server A          1,234  3.4          12,345     4.3      10      20",
        "Server B              –    –               –       –       –       –",
        "Server C  not installed    –               –       –       –       –",
      ].join("\n"),
    );
  });

  it("tells kept connections from closed ones", () => {
    const [, closed = ""] = asText(figures).split("\n\n");
    assert.match(closed, /^json: a GET, each request closes its connection\n.*\nServer A .* 99 /);
  });

  it("has a summary in Markdown", () => {
    const [instructions, kept] = asMarkdown(figures).split("\n\n");
    const rows = (...cells: string[]): string => cells.map((cell, n) => `| Server ${"ABC"[n]} | ${cell} |`).join("\n");
    const head = (title: string): string => `| **${title}** | json |\n| --- | ---: |\n`;
    assert.equal(instructions, head("instructions in user space") + rows("1,234", "–", "not installed"));
    assert.equal(kept, head("a second, 8 connections kept alive") + rows("12,345", "–", "not installed"));
  });

  it("is shorter in the README", () => {
    const [instructions, kept, machine = "", rest] = asShortMarkdown(figures).split("\n\n");
    assert.deepEqual([instructions, kept], asMarkdown(figures).split("\n\n").slice(0, 2));
    assert.match(machine, /^\d{4}-\d\d-\d\d, .*\.\n$/);
    assert.equal(rest, undefined);
  });

  it("takes the place of what stands between the marks of a document", () => {
    const [begin, end] = ["<!-- npm run bench -- peers --save writes from here -->\n", "<!-- to here -->\n"];
    assert.equal(filled(`a\n${begin}old\n${end}z\n`, "new", "README.md"), `a\n${begin}\nnew\n${end}z\n`);
    assert.throws(() => filled(`a\n${begin}z\n`, "new", "README.md"), /^Failure: README.md has lost the marks/);
  });

  it("says why a figure is missing, and where the server was not the limit", () => {
    const [, notes = ""] = asMarkdown(figures).split("- json: a GET\n\n");
    assert.deepEqual(notes.split("\n").slice(0, 3), [
      "- – Server B: it has no GET",
      "- – Server C is not installed: apt-get install c",
      "- not busy all the time, so that the client or other work bounds the rate: Server A (json)",
    ]);
  });
});

describe("the command", () => {
  const bench = async (...args: string[]): Promise<{ code: number | null; stdout: string; stderr: string }> =>
    new Promise((succeed) => {
      const command = [projectPath("host/setup/main.mjs"), "bench", "peers", ...args];
      const child = execFile(process.execPath, command, { cwd: root }, (_error, stdout, stderr) =>
        succeed({ code: child.exitCode, stdout, stderr }),
      );
    });

  it("shows saved figures", async () => {
    const folder = mkdtempSync(join(tmpdir(), "microserver-bench-"));
    try {
      const file = join(folder, "figures.json");
      writeFileSync(file, JSON.stringify(figures));
      const { code, stdout } = await bench("--from", file, "--json");
      assert.deepEqual([code, JSON.parse(stdout)], [0, JSON.parse(JSON.stringify(figures))]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  for (const [args, message] of [
    [["jso"], /error: no such case: jso; there are json, .*\n$/],
    [["--servers", "apache"], /error: no such server: apache; there are microserver, .*\n$/],
    [["--from", "/nowhere.json"], /error: --from: ENOENT.*\n$/],
  ] as const) {
    it(`refuses ${args.join(" ")}`, async () => {
      const { code, stderr } = await bench(...args);
      assert.equal(code, 2);
      assert.match(stderr, message);
    });
  }
});
