/**
 * Server-sent events, read strictly (WHATWG HTML, 9.2): a field that a browser would pass over in silence is an error
 * here, since a server has no reason to send it.
 */

export interface ServerSentEvent {
  /** "message" where the server names none. */
  readonly event: string;
  /** Lines are joined by LF. */
  readonly data: string;
  /** The last id that came with or before it, "" where there was none: what `Last-Event-ID` would be. */
  readonly id: string;
}

export interface EventStream {
  readonly events: readonly ServerSentEvent[];
  /** Texts of the comments, in order. */
  readonly comments: readonly string[];
  /** The reconnection time in ms that was set last; null where none was. */
  readonly retry: number | null;
}

/** Bytes that are no event stream. */
export class EventStreamError extends Error {}

/** Reads the events that are complete; one that no empty line has ended yet is left out. Throws EventStreamError. */
export function parseEvents(text: string): EventStream {
  const events: ServerSentEvent[] = [];
  const comments: string[] = [];
  let retry: number | null = null;
  let id = "";
  let event = "";
  let data: string[] = [];
  const lines = text.replace(/^\uFEFF/, "").split(/\r\n|\n|\r(?!$)/);
  for (const line of lines.slice(0, -1)) {
    const [, name = "", value = ""] = /^([^:]*)(?:: ?([^]*))?$/.exec(line) ?? [];
    if (line === "") {
      if (data.length > 0) events.push({ event: event || "message", data: data.join("\n"), id });
      event = "";
      data = [];
    } else if (name === "") {
      comments.push(value);
    } else if (name === "data") {
      data.push(value);
    } else if (name === "event") {
      event = value;
    } else if (name === "id" && !value.includes("\0")) {
      id = value;
    } else if (name === "retry" && /^[0-9]+$/.test(value)) {
      retry = Number(value);
    } else {
      throw new EventStreamError(`a line that a browser ignores: ${JSON.stringify(line)}`);
    }
  }
  return { events, comments, retry };
}
