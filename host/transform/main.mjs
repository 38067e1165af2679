// A package's main file lies inside it, or its path would depend on where the package is linked from.
export { default } from "../../build/host/transform/index.js";
