/** Field lines, and Host among them (RFC 9112, 5 and 3.2; RFC 9110, 5). */

import { accepted, refused, request, type Case } from "../case.js";

/** GET /hello with these field lines and no others. */
function only(lines: string): string {
  return `GET /hello HTTP/1.1\r\n${lines}\r\n`;
}

const OK = { status: 200, body: "" };

export const fields: readonly Case[] = [
  ...accepted(
    {
      "all token characters in a name": request("GET", "/", "!#$%&'*+-.^_`|~09azAZ: v\r\n"),
      "a name of one character": request("GET", "/", "a: v\r\n"),
      "an empty value": request("GET", "/", "X:\r\n"),
      "a value of white space": request("GET", "/", "X: \t \r\n"),
      "no white space before the value": request("GET", "/", "X:v\r\n"),
      "white space around the value": request("GET", "/", "X: \t v w \t \r\n"),
      "colons in the value": request("GET", "/", "X: a:b:c\r\n"),
      "bytes above 127 in the value": request("GET", "/", "X: caf\xe9 \x80\xff\r\n"),
      "a name of many lines": request("GET", "/", "X: a\r\nX: b\r\nx: c\r\n"),
      "Host in any case": only("hOsT: x\r\n"),
      "Host without white space": only("Host:x\r\n"),
      "Host with a port": only("Host: example.org:8080\r\n"),
      "Host with an IPv4 address": only("Host: 192.0.2.1:80\r\n"),
      "Host with an IPv6 address": only("Host: [2001:db8::1]:80\r\n"),
      "Host at the end": only("A: b\r\nHost: x\r\n"),
      "a browser's head": only(
        "Host: 192.168.4.1\r\nConnection: keep-alive\r\nCache-Control: max-age=0\r\nUpgrade-Insecure-Requests: 1\r\n" +
          "User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36\r\n" +
          "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8\r\n" +
          'Sec-CH-UA: "Chromium";v="130", "Not?A_Brand";v="99"\r\nAccept-Encoding: gzip, deflate\r\n' +
          `Accept-Language: de-DE,de;q=0.9,en;q=0.8\r\nCookie: session=${"0123456789abcdef".repeat(40)}\r\n`,
      ),
    },
    OK,
  ),
  ...refused(400, {
    "bare LF at the end of a line": request("GET", "/", "X: v\n"),
    "bare LF in place of the empty line": "GET / HTTP/1.1\r\nHost: x\r\n\n",
    "bare CR at the end of a line": request("GET", "/", "X: v\rY: w\r\n"),
    "bare CR in a value": request("GET", "/", "X: a\rb\r\n"),
    "CR CR LF at the end of a line": request("GET", "/", "X: v\r\r\n"),
    "NUL in a value": request("GET", "/", "X: a\0b\r\n"),
    "a control in a value": request("GET", "/", "X: a\x01b\r\n"),
    "DEL in a value": request("GET", "/", "X: a\x7fb\r\n"),
    "NUL in a name": request("GET", "/", "X\0: v\r\n"),
    "a byte above 127 in a name": request("GET", "/", "X\xe9: v\r\n"),
    "a name that is no token": request("GET", "/", "X(y): v\r\n"),
    "a space in a name": request("GET", "/", "X y: v\r\n"),
    "a space before the colon": request("GET", "/", "X : v\r\n"),
    "a tab before the colon": request("GET", "/", "X\t: v\r\n"),
    "an empty name": request("GET", "/", ": v\r\n"),
    "a line without a colon": request("GET", "/", "X\r\n"),
    "a folded line": request("GET", "/", "X: a\r\n b\r\n"),
    "a line folded with a tab": request("GET", "/", "X: a\r\n\tb\r\n"),
    "white space before the first line": only(" Host: x\r\n"),
    "no Host": only(""),
    "no Host, but one like it": only("Hosts: x\r\nHos: x\r\nX-Host: x\r\n"),
    "two Hosts": only("Host: x\r\nHost: x\r\n"),
    "two Hosts in HTTP/1.0": "GET / HTTP/1.0\r\nHost: x\r\nHost: y\r\n\r\n",
    "Host with a path": only("Host: x/y\r\n"),
    "Host with user information": only("Host: user@x\r\n"),
    "Host with a space": only("Host: x y\r\n"),
    "Host with a list": only("Host: x, y\r\n"),
    "Host with a port that is no number": only("Host: x:http\r\n"),
    "Host with a port above 65535": only("Host: x:65536\r\n"),
    "Host with an open bracket": only("Host: [::1\r\n"),
  }),
];
