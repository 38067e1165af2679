// Files of the folder that `--root` names.

import { MicroServer } from "microserver";

export const app = new MicroServer();

app.mountStatic("/static", "/");
