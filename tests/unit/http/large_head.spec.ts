import { limits } from "microserver/http/limits";
import { accepted, refused, View } from "./heads";

limits.requestLine = 65535;
limits.fieldLine = 100000;
limits.head = 65535;

// Offsets of a head are 16 bits wide.
const START = "GET / HTTP/1.1\r\nHost: x\r\nA:";
const END = "\r\nLast: b\r\n\r\n";
const ROOM = 65535 - START.length - END.length;

describe("a head at the largest limit there is", () => {
  accepted("a long request line", `GET /${"a".repeat(65000)}?b HTTP/1.1\r\nHost: x\r\n\r\n`, View.OPTIONS, "host");
  accepted("65535 bytes", `${START}${" ".repeat(ROOM)}${END}`, View.FIELDS, "Host=x|A=|Last=b");
  refused("65536 bytes", `${START}${" ".repeat(ROOM + 1)}${END}`, 431, "head too long");
  refused("65600 bytes", `${START}${" ".repeat(ROOM + 65)}${END}`, 431, "head too long");
});
