// A package's main file lies inside it, or its path would depend on where the package is linked from.
const path = require("node:path");
module.exports = require(path.join(__dirname, "../../build/host/editor/plugin.cjs"));
