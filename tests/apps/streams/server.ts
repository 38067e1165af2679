// The server of the app, for the files that have its routes.

import { MicroServer } from "microserver";

export const app = new MicroServer();
app.maxConns = 100;
app.maxKeepAliveRequests = 1_000_000;
