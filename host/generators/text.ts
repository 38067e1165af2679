/** Text helpers that the generators share. */

/** The first line of every generated source file. */
export const NOTICE = "Generated from host/abi.ts by `npm run abi`: edit the table, not this file.";

/** Breaks a text into lines of at most `width` characters, at spaces. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === "" ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}

/** A documentation comment, on one line where it fits into `columns`. */
export function docComment(texts: readonly string[], indent: string, columns: number): string {
  const lines = texts.flatMap((text) => wrap(text, columns - indent.length - " * ".length));
  if (lines.length === 1 && `${indent}/** ${lines[0]} */`.length <= columns) return `${indent}/** ${lines[0]} */\n`;
  return `${indent}/**\n${lines.map((line) => `${indent} * ${line}\n`).join("")}${indent} */\n`;
}

/** A sentence from a phrase: "bytes accepted" becomes "Bytes accepted." */
export function sentence(text: string): string {
  const capital = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(capital) ? capital : `${capital}.`;
}

/** `onData` or `on_data` as `on_data`. */
export function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** `onData` or `on_data` as `ON_DATA`. */
export function upperCase(name: string): string {
  return snakeCase(name).replace(/^_/, "").toUpperCase();
}
