/** What is not whole yet, and must not stay where it will never be. */
export abstract class Partial {
  abstract discard(): void;
}
