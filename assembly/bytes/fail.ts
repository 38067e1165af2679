import { Output } from "./output";

/** Aborts with an `ascii` text and, behind it, what it is about. A mistake of the app ends here, never input. */
export function fail(text: usize, subject: string = ""): void {
  const message = new Output();
  message.ascii(text);
  message.text(subject);
  throw new Error(message.toString());
}
