/** The bytes of the requests that all servers are measured with. */

import { writeRequest } from "../host/sandbox/request.js";

const host = { Host: "127.0.0.1:8080" };

/** A GET with nothing but Host, answered with 20 bytes of JSON; 44 bytes. */
export const getJson = writeRequest("/json", { headers: host });

/** What a page's script asks another origin for: 12 fields in 600 bytes. */
export const getSensor = writeRequest("/api/sensors/12", {
  headers: {
    ...host,
    Connection: "keep-alive",
    "sec-ch-ua-platform": '"Linux"',
    Authorization: "Bearer 0123456789abcdef",
    "User-Agent":
      "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36",
    Accept: "application/json, text/plain, */*",
    "sec-ch-ua": '"Chromium";v="140", "Not=A?Brand";v="24", "Google Chrome";v="140"',
    "sec-ch-ua-mobile": "?0",
    Origin: "https://panel.example",
    Referer: "https://panel.example/greenhouses/north/sensors?since=2026-11-01&view=detailed",
    "Accept-Encoding": "gzip, deflate, br, zstd",
    "Accept-Language": "en-US,en;q=0.9",
  },
});

/** Readings of sensors, as `JSON.stringify` writes them: 1,024 bytes of content. */
export const readings = JSON.stringify({
  device: "greenhouse-controller-north-1.gardens.local",
  sequence: 48213,
  readings: Array.from({ length: 12 }, (_, n) => ({
    sensor: `bed-${String(n).padStart(2, "0")}`,
    celsius: 18 + n * 0.75,
    humidity: 40 + n,
    at: 1_764_000_000 + n * 60,
    valid: n % 5 !== 4,
  })),
});

/** The content as a script sends it. */
export const postReadings = writeRequest("/readings", {
  method: "POST",
  headers: { ...host, "Content-Type": "application/json" },
  body: readings,
});
