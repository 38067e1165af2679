/** What the build asks of the compiler process, and what it hears from it. */

export interface CompileRequest {
  /** The app's folder, absolute. */
  readonly dir: string;
  /** Whether to keep function names and skip the optimizer. */
  readonly debug: boolean;
  /** Whether to keep function names. */
  readonly names: boolean;
}

export type CompileMessage =
  | { readonly kind: "stage"; readonly stage: string }
  | { readonly kind: "done"; readonly wasm: Uint8Array; readonly inputs: Record<string, string> }
  | { readonly kind: "failed"; readonly reason: string };
