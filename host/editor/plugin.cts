/** The plugin of TypeScript's language service: what an editor shows of an app. */
import type ts = require("typescript");
import { isUnfounded } from "./decorators.cjs";

interface Modules {
  readonly typescript: typeof ts;
}

/** Leaves out the diagnostics that are unfounded in AssemblyScript; all else is TypeScript's own. */
function init({ typescript }: Modules): ts.server.PluginModule {
  return {
    create({ languageService }) {
      return {
        ...languageService,
        getSemanticDiagnostics: (file) =>
          languageService.getSemanticDiagnostics(file).filter((diagnostic) => !isUnfounded(typescript, diagnostic)),
      };
    },
  };
}

export = init;
