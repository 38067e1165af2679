// An app whose error pages are files.

import { ANY_STATUS, MicroServer, Response } from "microserver";

export const app = new MicroServer();

app
  .onError(404, (req, status) => Response.file("/www/404.html", "", -1, status))
  .onError(416, (req, status) => Response.file("/www/404.html", "text/plain", -1, status))
  .onError(ANY_STATUS, (req, status) => Response.plain("sorry", status))
  .mountStatic("/", "/www");
