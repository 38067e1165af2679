/**
 * Handlers that wait: where a program can suspend itself (assembly/tasks), Binaryen's asyncify pass makes the app's
 * functions able to put their frames aside and to take them up again. Must run before the optimizer.
 */
import type binaryen from "assemblyscript/binaryen";

/**
 * Functions that call app code, or code that may be, but that are never left in the middle: they see it end or wait.
 * `start:` is top-level code, but for the functions that are written there without a name.
 */
const NEVER_SUSPENDED =
  /^(~lib\/microserver\/(http|server|device|bytes|routing(?!\/route\/Link)|json|runtime|exports)|~lib\/microserver\/.*#invoke(@override)?$|~lib\/rt\/|~start$|start:(?!.*~anonymous))/;

export function makeSuspendable(compiler: typeof binaryen, module: binaryen.Module): void {
  const functions = Array.from({ length: module.getNumFunctions() }, (_, i) =>
    compiler.getFunctionInfo(module.getFunctionByIndex(i)),
  );
  if (!functions.some((info) => info.module === "asyncify")) return;
  const names = functions.map(({ name }) => name).filter((name) => NEVER_SUSPENDED.test(name));
  const options = { "asyncify-ignore-imports": "1", "asyncify-removelist": names.join("\n") };
  for (const [name, value] of Object.entries(options)) compiler.setPassArgument(name, value);
  module.runPasses(["asyncify"]);
  for (const name of Object.keys(options)) compiler.setPassArgument(name, null);
}
