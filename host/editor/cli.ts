/** `node build/host/editor/cli.js TSCONFIG…`: type-checks AssemblyScript projects; exits with 1 where there are errors. */
import { check } from "./check.js";

const projects = process.argv.slice(2);
if (projects.length === 0) {
  console.error("name the tsconfig.json of each project to check");
  process.exit(2);
}
for (const project of projects) {
  const { errors, text } = check(project, process.stdout.isTTY);
  process.stdout.write(text);
  if (errors > 0) process.exitCode = 1;
}
