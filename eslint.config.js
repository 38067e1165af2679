import tseslint from "typescript-eslint";

/** What runs in the sandbox is AssemblyScript; everything else is TypeScript on Node. */
const assemblyScript = [
  "assembly/**/*.ts",
  "examples/*/**/*.ts",
  "firmware/apps/**/*.ts",
  "tests/unit/**/*.ts",
  "tests/apps/**/*.ts",
  "bench/apps/**/*.ts",
  "tests/e2e/guests/**/*.ts",
];
const nodeTests = ["examples/*/tests/**/*.test.ts"];
const typeScript = ["host/**/*.ts", "host/**/*.cts", "tests/**/*.ts", "bench/**/*.ts", ...nodeTests];
const javaScript = ["**/*.js", "**/*.mjs"];

const common = {
  eqeqeq: "error",
  "no-self-compare": "error",
  "no-unreachable": "error",
  "no-duplicate-case": "error",
  "no-dupe-else-if": "error",
  "no-unsafe-finally": "error",
  "no-var": "error",
  "prefer-const": "error",
};

export default tseslint.config(
  { ignores: ["build/", "**/node_modules/", "**/*.d.ts"] },
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  {
    files: typeScript,
    ignores: assemblyScript.filter((pattern) => !pattern.startsWith("examples")),
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { project: "./tsconfig.json", tsconfigRootDir: import.meta.dirname } },
    rules: {
      ...common,
      "@typescript-eslint/no-floating-promises": ["error", { allowForKnownSafeCalls: ["test", "it", "describe"] }],
      "@typescript-eslint/no-unused-vars": ["error", { varsIgnorePattern: "^_", argsIgnorePattern: "^_" }],
      "@typescript-eslint/require-await": "off",
      "@typescript-eslint/switch-exhaustiveness-check": "error",
    },
  },
  { files: ["**/*.cts"], rules: { "@typescript-eslint/no-require-imports": "off" } },
  {
    files: assemblyScript,
    ignores: nodeTests,
    languageOptions: { parser: tseslint.parser, parserOptions: { allowInvalidAST: true } },
    plugins: { "@typescript-eslint": tseslint.plugin },
    rules: {
      ...common,
      // Types are static: `==` converts nothing, and is what calls an overloaded operator.
      eqeqeq: "off",
      // An importing module may assign to an exported variable.
      "prefer-const": "off",
      "@typescript-eslint/no-unused-vars": ["error", { args: "none" }],
    },
  },
  { files: javaScript, extends: [tseslint.configs.base], rules: common },
);
