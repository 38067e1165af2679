import { Response } from "microserver";

/** A page, piece by piece. They are joined once, as UTF-8: each sum of two strings would leave a third in memory. */
export class Page {
  private pieces: string[] = [];

  constructor(title: string) {
    this.add('<!doctype html><html lang="en"><head><meta charset="utf-8">')
      .add('<meta name="viewport" content="width=device-width,initial-scale=1">')
      .add('<meta name="color-scheme" content="light dark">')
      .add('<link rel="icon" href="data:,"><link rel="stylesheet" href="/style.css"><title>')
      .add(title)
      .add("</title></head><body><main><h1>")
      .add(title)
      .add("</h1>");
  }

  /** Adds HTML. */
  add(html: string): this {
    this.pieces.push(html);
    return this;
  }

  /** Adds text, as it stands in HTML, in attributes, too. */
  text(text: string): this {
    return this.add(escape(text));
  }

  /** Adds a box that tells what is wrong. */
  note(text: string): this {
    return this.add('<p class="note" role="alert">').text(text).add("</p>");
  }

  /** The whole page, not to be kept by anybody. */
  response(status: i32 = 200): Response {
    const pieces = this.add("</main></body></html>").pieces;
    let size = 0;
    for (let i = 0; i < pieces.length; i++) size += String.UTF8.byteLength(pieces[i]);
    const bytes = new Uint8Array(size);
    let to = bytes.dataStart;
    for (let i = 0; i < pieces.length; i++) {
      to += String.UTF8.encodeUnsafe(changetype<usize>(pieces[i]), pieces[i].length, to);
    }
    return Response.bytes(bytes, "text/html; charset=utf-8", status).header("Cache-Control", "no-store");
  }
}

function escape(text: string): string {
  let escaped = "";
  let start = 0;
  for (let i = 0; i < text.length; i++) {
    const entity = entityOf(text.charCodeAt(i));
    if (!entity.length) continue;
    escaped += text.substring(start, i) + entity;
    start = i + 1;
  }
  return start ? escaped + text.substring(start) : text;
}

function entityOf(c: i32): string {
  switch (c) {
    case 0x26:
      return "&amp;";
    case 0x3c:
      return "&lt;";
    case 0x3e:
      return "&gt;";
    case 0x22:
      return "&quot;";
    case 0x27:
      return "&#39;";
    default:
      return "";
  }
}
