import { Output } from "microserver/bytes/output";
import { filePath } from "microserver/http/file_path";
import { appendFileType } from "microserver/http/mime";
import { refusalReason } from "microserver/http/refusal";
import { decodePath } from "microserver/http/url";
import { readLatin1, writeLatin1 } from "../latin1";
import { Row, testRow } from "../table";

const input: usize = heap.alloc(1024);
const output: usize = heap.alloc(1024);

/** A path as the router leaves it, made to another place and in place; what lies behind it does not count. */
class PathRow extends Row {
  constructor(
    private path: string,
    private expected: string,
    private status: i32,
    private hidden: bool,
  ) {
    super();
  }

  check(): void {
    this.checkTo(output);
    this.checkTo(input);
  }

  private checkTo(to: usize): void {
    const end = writeLatin1(input, this.path);
    writeLatin1(end, "5/../..");
    if (to != input) memory.fill(to, 0x78, 1024);
    const length = filePath(input, end, to, this.hidden);
    if (this.status) {
      expect(length).toBe(-this.status);
      expect(readLatin1(refusalReason + 1, refusalReason + 1 + load<u8>(refusalReason))).toBe(this.expected);
      return;
    }
    expect(length).toBe(this.expected.length);
    if (length >= 0) expect(readLatin1(to, to + length)).toBe(this.expected);
    if (to != input) expect(load<u8>(to + this.path.length)).toBe(0x78, "behind what it needs at most");
  }
}

function path(path: string, expected: string): void {
  testRow(`"${path}"`, new PathRow(path, expected, 0, false));
}

function refused(path: string, status: i32, reason: string): void {
  testRow(`"${path}": ${status}`, new PathRow(path, reason, status, false));
}

function withHidden(path: string, expected: string): void {
  testRow(`"${path}"`, new PathRow(path, expected, 0, true));
}

describe("file path: of a file", () => {
  path("index.html", "index.html");
  path("/index.html", "index.html");
  path("css/site.css", "css/site.css");
  path("a/b/c/d/e/f/g/h/i.j", "a/b/c/d/e/f/g/h/i.j");
  path("a-name-of-more-than-sixteen-bytes.html", "a-name-of-more-than-sixteen-bytes.html");
  path("a", "a");
  path("a b", "a b");
  path("a:b*c?d", "a:b*c?d");
  path("\xc3\xa9t\xc3\xa9.txt", "\xc3\xa9t\xc3\xa9.txt");
});

describe("file path: of a folder", () => {
  path("", "");
  path("/", "");
  path("a/", "a/");
  path("a/b/", "a/b/");
});

describe("file path: dots that are part of a name", () => {
  path("a..b.txt", "a..b.txt");
  path("a..", "a..");
  path("a.", "a.");
  path("a/b../c", "a/b../c");
  path("jquery.min.js", "jquery.min.js");
});

describe("file path: dot segments, which clients remove (RFC 3986, 5.2.4) and which would lead past a router", () => {
  refused(".", 403, "dot segment");
  refused("./a", 403, "dot segment");
  refused("a/./b", 403, "dot segment");
  refused("a/.", 403, "dot segment");
  refused("a/./", 403, "dot segment");
  refused("a/../b", 403, "dot segment");
  refused("a/b/../c", 403, "dot segment");
  refused("a/b/..", 403, "dot segment");
  refused("a/b/../", 403, "dot segment");
  refused("a/..", 403, "dot segment");
  refused("a/../", 403, "dot segment");
  refused("a/b/c/./../../g", 403, "dot segment");
  refused("mid/content=5/../6", 403, "dot segment");
  refused("a/b/../../c", 403, "dot segment");
});

describe("file path: out of the root", () => {
  refused("..", 403, "dot segment");
  refused("../", 403, "dot segment");
  refused("/..", 403, "dot segment");
  refused("../a", 403, "dot segment");
  refused("../../etc/passwd", 403, "dot segment");
  refused("a/../..", 403, "dot segment");
  refused("a/../../a", 403, "dot segment");
  refused("a/b/../../../c", 403, "dot segment");
  refused("./..", 403, "dot segment");
  refused("a/./../..", 403, "dot segment");
});

describe("file path: what names no file", () => {
  refused("a\0", 400, "no name of a file");
  refused("\0", 400, "no name of a file");
  refused("a\0.html", 400, "no name of a file");
  refused("a\\b", 400, "no name of a file");
  refused("..\\..\\a", 400, "no name of a file");
  refused("a\nb", 400, "no name of a file");
  refused("a\x7f", 400, "no name of a file");
  refused("a\xff", 400, "no name of a file");
  refused("a-long-name-and-then\0", 400, "no name of a file");
});

describe("file path: slashes and percent signs that stayed encoded", () => {
  refused("a%2fb", 400, "encoded slash");
  refused("a%2Fb", 400, "encoded slash");
  refused("..%2f..%2fa", 400, "encoded slash");
  refused("%2f", 400, "encoded slash");
  refused("a%2f", 400, "encoded slash");
  path("100%25", "100%");
  path("%25", "%");
  path("%252e%252e/a", "%2e%2e/a");
  path("%252fa", "%2fa");
  path("%25/a", "%/a");
  path("%", "%");
  path("%2", "%2");
  path("%41", "%41");
});

describe("file path: empty segments", () => {
  refused("//", 404, "empty segment");
  refused("//a", 404, "empty segment");
  refused("a//b", 404, "empty segment");
  refused("a//", 404, "empty segment");
  refused("a//../b", 404, "empty segment");
});

describe("file path: hidden files", () => {
  refused(".htaccess", 404, "hidden file");
  refused(".git/config", 404, "hidden file");
  refused("a/.env", 404, "hidden file");
  refused("a/.b/c", 404, "hidden file");
  refused("...", 404, "hidden file");
  refused(".../a", 404, "hidden file");
  refused("a/.hidden/../b", 404, "hidden file");
  refused(".well-knownx", 404, "hidden file");
  refused(".well-know", 404, "hidden file");
  refused("a/.well-known/b", 404, "hidden file");
  path(".well-known/security.txt", ".well-known/security.txt");
  refused("a/../.well-known/acme", 403, "dot segment");
  withHidden(".git/config", ".git/config");
  withHidden("a/...", "a/...");
});

describe("file path: every encoding of a traversal", () => {
  it("leaves the root, or names a file below it, or nothing", () => {
    const dots = [".", "%2e", "%2E", "%252e", "%c0%ae"];
    const slashes = ["/", "%2f", "%5c", "\\", "//", "/./", "%252f"];
    for (let i = 0; i < dots.length; i++) {
      for (let j = 0; j < dots.length; j++) {
        for (let k = 0; k < slashes.length; k++) {
          const path = dots[i] + dots[j] + slashes[k] + "etc" + slashes[k] + "passwd";
          let end = writeLatin1(input, path);
          const decoded = decodePath(input, end, input);
          if (decoded < 0) continue;
          end = input + decoded;
          const length = filePath(input, end, output);
          if (length < 0) continue;
          const found = "/" + readLatin1(output, output + length) + "/";
          if (found.includes("/../") || found.includes("/./") || found.includes("//") || found.includes("\\")) {
            expect(found).toBe("a path below the root", path);
          }
        }
      }
    }
  });
});

/** A name, with what its type is; it ends where other bytes follow. */
class TypeRow extends Row {
  constructor(
    private name: string,
    private expected: string,
  ) {
    super();
  }

  check(): void {
    const end = writeLatin1(input, this.name);
    writeLatin1(end, "5.html/manifest.json");
    const out = new Output();
    appendFileType(out, input, end);
    expect(out.toString()).toBe(this.expected);
  }
}

function type(name: string, expected: string): void {
  testRow(`${name}: ${expected}`, new TypeRow(name, expected));
}

describe("media type: text says its charset", () => {
  type("index.html", "text/html; charset=utf-8");
  type("index.htm", "text/html; charset=utf-8");
  type("site.css", "text/css; charset=utf-8");
  type("app.js", "text/javascript; charset=utf-8");
  type("app.mjs", "text/javascript; charset=utf-8");
  type("a.txt", "text/plain; charset=utf-8");
  type("a.md", "text/markdown; charset=utf-8");
  type("a.csv", "text/csv; charset=utf-8");
  type("a.xml", "text/xml; charset=utf-8");
  type("a.ics", "text/calendar; charset=utf-8");
  type("a.tsv", "text/tab-separated-values; charset=utf-8");
  type("a.vcf", "text/vcard; charset=utf-8");
  type("a.svg", "image/svg+xml; charset=utf-8");
  type("a.xhtml", "application/xhtml+xml; charset=utf-8");
  type("a.atom", "application/atom+xml; charset=utf-8");
});

describe("media type: of everything else", () => {
  type("a.json", "application/json");
  type("app.js.map", "application/json");
  type("site.webmanifest", "application/manifest+json");
  type("a.pdf", "application/pdf");
  type("a.wasm", "application/wasm");
  type("a.zip", "application/zip");
  type("a.gz", "application/gzip");
  type("a.tar.gz", "application/gzip");
  type("a.tar", "application/x-tar");
  type("a.yaml", "application/yaml");
  type("a.yml", "application/yaml");
  type("a.rtf", "application/rtf");
  type("a.png", "image/png");
  type("a.jpg", "image/jpeg");
  type("a.jpeg", "image/jpeg");
  type("a.gif", "image/gif");
  type("a.webp", "image/webp");
  type("a.avif", "image/avif");
  type("favicon.ico", "image/vnd.microsoft.icon");
  type("a.bmp", "image/bmp");
  type("a.jxl", "image/jxl");
  type("a.woff", "font/woff");
  type("a.woff2", "font/woff2");
  type("a.ttf", "font/ttf");
  type("a.otf", "font/otf");
  type("a.ttc", "font/collection");
  type("a.eot", "application/vnd.ms-fontobject");
  type("a.mp3", "audio/mpeg");
  type("a.ogg", "audio/ogg");
  type("a.wav", "audio/wav");
  type("a.m4a", "audio/mp4");
  type("a.midi", "audio/midi");
  type("a.mp4", "video/mp4");
  type("a.webm", "video/webm");
  type("a.mkv", "video/matroska");
});

describe("media type: the extension", () => {
  type("INDEX.HTML", "text/html; charset=utf-8");
  type("a.WebManifest", "application/manifest+json");
  type("a.Woff2", "font/woff2");
  type("a.b/c.png", "image/png");
  type(".html", "text/html; charset=utf-8");
  type("a.png.html", "text/html; charset=utf-8");
});

describe("media type: unknown", () => {
  type("", "application/octet-stream");
  type("html", "application/octet-stream");
  type("a.", "application/octet-stream");
  type("a.html.", "application/octet-stream");
  type("a.html/b", "application/octet-stream");
  type("a.html/", "application/octet-stream");
  type("a.h", "application/octet-stream");
  type("a.htmlx", "application/octet-stream");
  type("a.tm", "application/octet-stream");
  type("a.javascript", "application/octet-stream");
  type("a.plain", "application/octet-stream");
  type("a.text", "application/octet-stream");
  type("a.text/", "application/octet-stream");
  type("a.webmanifesT2", "application/octet-stream");
  type("a.webmanifesx", "application/octet-stream");
  type("a.webmanif", "application/octet-stream");
  type("a.manifest+json", "application/octet-stream");
  type("a.js:javascript", "application/octet-stream");
  type("a.js,", "application/octet-stream");
  type("a.html,css", "application/octet-stream");
  type("a.\xe8tml", "application/octet-stream");
  type("a.htm\x0c", "application/octet-stream");
  type("a.woff\x12", "application/octet-stream");
  type("a.js\0", "application/octet-stream");
  type("a.averylongextensionindeed", "application/octet-stream");
});
