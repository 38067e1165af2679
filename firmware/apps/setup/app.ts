/**
 * The page of the access point: which Wi-Fi to join. It runs where the chip has no network. Whatever else a phone asks
 * for leads to it: that is how phones find a captive portal.
 */

import { MicroServer, Request, Response, SecurityHeaders } from "microserver";
import { Device, Storage } from "microserver/device";
import { STYLE } from "../shared/style";
import { keep, mistakeIn } from "./credentials";
import { formPage, savedPage, SCRIPT, searchPage } from "./pages";

/** The chip's address at its own access point. */
const HERE: string = "http://192.168.4.1/";

export const app = new MicroServer();
app.maxConns = 6;
app.use(<SecurityHeaders>{
  contentSecurityPolicy: "default-src 'none'; style-src 'self'; script-src 'self'; img-src data:; form-action 'self'",
});

app.onError(404, (req, status) => Response.redirect(HERE));


@app.get("/")
export function index(req: Request): Response {
  const tried = Storage.get("ssid") || "";
  return formPage(tried, tried.length ? failureOf(tried) : "").response();
}

/** Why the network of that name was not joined, as the firmware has noted it. */
function failureOf(name: string): string {
  const failure = Storage.get("failure") || "";
  if (failure == "password") return `${name} refused the password. Type it again.`;
  if (failure == "absent") return `${name} is not within reach. This device knows networks of 2.4 GHz only.`;
  return `${name} could not be joined: it is not within reach, or the password is wrong.`;
}


@app.post("/join")
export function join(req: Request): Response {
  const chosen = req.form.get("ssid") || "";
  const name = chosen.length ? chosen : req.form.get("other") || "";
  const password = req.form.get("password") || "";
  const mistake = mistakeIn(name, password);
  if (mistake !== null) return formPage(name, mistake).response(400);
  if (!keep(name, password)) return formPage(name, "The device cannot keep this: its storage failed.").response(500);
  Device.restart();
  return savedPage(name).response();
}

/** The firmware looks around when it opens the access point. */
@app.post("/search")
export function search(req: Request): Response {
  Device.restart();
  return searchPage().response();
}


@app.get("/style.css")
export function style(req: Request): Response {
  return new Response(STYLE, 200, "text/css; charset=utf-8");
}


@app.get("/script.js")
export function script(req: Request): Response {
  return new Response(SCRIPT, 200, "text/javascript; charset=utf-8");
}
