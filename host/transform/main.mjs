// A package's main file lies inside it, or its path would depend on where the package is linked from.
const built = new URL("../../build/host/transform/index.js", import.meta.url);
export default (await import(built.href)).default;
