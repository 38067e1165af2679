/** What runs instead of an app that crashes, or is not there: it says why, and can start the app again. */

import { MicroServer, Request, Response, SecurityHeaders } from "microserver";
import { Device, ResetReason, Storage } from "microserver/device";
import { Page } from "../shared/html";
import { STYLE } from "../shared/style";

const TITLE: string = "Recovery";

export const app = new MicroServer();
app.maxConns = 6;
app.use(<SecurityHeaders>{
  contentSecurityPolicy: "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'",
});

app.onError(404, (req, status) => Response.redirect("/"));


@app.get("/")
export function index(req: Request): Response {
  const reason = Storage.get("reason") || "The firmware has not said why.";
  const page = new Page(TITLE).note(reason).add('<div class="card"><h2>The device</h2><dl>');
  addRow(page, "Last reset", describeReset(Device.resetReason));
  addRow(page, "Chip", Device.name);
  addRow(page, "Free memory", inBytes(Device.hostFreeMemory));
  addRow(page, "Largest block", inBytes(Device.hostLargestBlock));
  addRow(page, "Up for", `${Device.uptime} s`);
  page
    .add('</dl></div><form method="post" action="/restart"><h2>Start the app again</h2>')
    .add("<p>If it crashes again, this page comes back.</p><button>Start the app</button></form>");
  return page.response();
}


@app.post("/restart")
export function restart(req: Request): Response {
  Device.restart();
  const page = new Page(TITLE).add('<div class="card"><h2>The device restarts</h2>');
  return page.add("<p>The app is at this address in a moment.</p></div>").response();
}


@app.get("/style.css")
export function style(req: Request): Response {
  return new Response(STYLE, 200, "text/css; charset=utf-8");
}

function describeReset(reason: ResetReason): string {
  switch (reason) {
    case ResetReason.POWER_ON:
      return "power on";
    case ResetReason.RESTART:
      return "restart";
    case ResetReason.CRASH:
      return "crash";
    case ResetReason.WATCHDOG:
      return "watchdog: something hung";
    case ResetReason.BROWNOUT:
      return "brown-out: the supply is weak";
    case ResetReason.DEEP_SLEEP:
      return "wake from deep sleep";
    case ResetReason.EXTERNAL:
      return "reset button";
    default:
      return "unknown";
  }
}

function addRow(page: Page, name: string, value: string): void {
  page.add("<dt>").add(name).add("</dt><dd>").text(value).add("</dd>");
}

function inBytes(count: i32): string {
  return count < 0 ? "unknown" : `${count / 1024} KiB`;
}
