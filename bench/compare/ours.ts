/** MicroServer itself, with its default limits. */

import { readFileSync } from "node:fs";
import { HOST_PROGRAM } from "../../host/build/firmware.js";
import { projectPath } from "../../host/build/project.js";
import { buildApps } from "../modules.js";
import { FOLDER } from "./page.js";
import type { Server } from "./server.js";

const { version } = JSON.parse(readFileSync(projectPath("package.json"), "utf8")) as { version: string };

export const ours: readonly Server[] = [
  {
    name: "microserver",
    title: "MicroServer, interpreted",
    prepare: async (cases, report) => {
      const modules = await buildApps(
        cases.map(({ app }) => app),
        report,
      );
      return {
        version,
        command: ({ app }, port) => ({
          program: HOST_PROGRAM,
          args: [modules.get(app)?.wasm ?? "", "--port", String(port), "--root", FOLDER],
        }),
      };
    },
  },
];
