/** The files of an app in the sandbox: a tree in memory that the test fills, changes and looks at. */

import { lstatSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Clock } from "./clock.js";
import { FileError } from "./table.js";

/** A file. It may be open, or on its way to a client, while its path is gone. */
export class StoredFile {
  /** @param content the bytes, or the path on disk that they are read from when they are asked for */
  constructor(
    private content: Uint8Array | string,
    public modified: Date,
  ) {}

  get bytes(): Uint8Array {
    if (typeof this.content === "string") this.content = new Uint8Array(readFileSync(this.content));
    return this.content;
  }

  set(bytes: Uint8Array, modified: Date): void {
    this.content = bytes;
    this.modified = modified;
  }
}

/** What is at a path; "other" is what a host refuses to touch, as a link or a FIFO. */
type Entry = StoredFile | "folder" | "other";

export interface FilesOptions {
  /** Files by path, as text (UTF-8) or bytes; a path that ends with "/" is an empty folder. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  /** A folder whose files the app finds. They are read, never written: what the app changes stays in memory. */
  readonly root?: string;
}

export class Files {
  /** Bytes that can still be written before the storage is full. */
  room = Infinity;
  /** Makes every call on files fail, as broken storage does. */
  broken = false;
  private readonly entries = new Map<string, Entry>();

  /** Without `files` and `root` the app has no files at all. */
  constructor(
    private readonly clock: Clock,
    options: FilesOptions = {},
  ) {
    if (options.root === undefined && options.files === undefined) return;
    this.entries.set("", "folder");
    if (options.root !== undefined) this.mount(options.root, "");
    for (const [path, content] of Object.entries(options.files ?? {})) {
      if (path.endsWith("/")) this.makeFolders(`${normal(path)}/`);
      else this.write(path, content);
    }
  }

  /** Writes a file anew, and makes the folders that lead to it. Who has it open sees the new content. */
  write(path: string, content: string | Uint8Array, modified: Date = this.now): this {
    const name = normal(path);
    if (!this.entries.has("")) throw new Error("the app has no files: load it with { files: {} }");
    this.makeFolders(name);
    const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content.slice();
    const found = this.entries.get(name);
    if (found === "folder") throw new Error(`${path} is a folder`);
    if (found instanceof StoredFile) found.set(bytes, modified);
    else this.entries.set(name, new StoredFile(bytes, modified));
    return this;
  }

  /** The bytes of a file; null where there is none. */
  read(path: string): Uint8Array | null {
    const found = this.entries.get(normal(path));
    return found instanceof StoredFile ? found.bytes.slice() : null;
  }

  /** The same as text (UTF-8). */
  text(path: string): string | null {
    const bytes = this.read(path);
    return bytes === null ? null : new TextDecoder().decode(bytes);
  }

  /** Removes a file; returns whether there was one. Who has it open goes on with it. */
  remove(path: string): boolean {
    const name = normal(path);
    return this.entries.get(name) instanceof StoredFile && this.entries.delete(name);
  }

  /** The paths of all files, sorted. */
  get paths(): string[] {
    return [...this.entries].flatMap(([path, entry]) => (entry instanceof StoredFile ? [path] : [])).sort();
  }

  /* ---- what the virtual host asks; paths are checked, without a "/" in front ---- */

  /** The file at a path, or a FileError. */
  find(path: string): StoredFile | number {
    const error = this.checkFolders(path);
    if (error !== 0) return error;
    const found = this.entries.get(path);
    if (found instanceof StoredFile) return found;
    if (found === undefined) return FileError.ABSENT;
    return found === "folder" ? FileError.DIRECTORY : FileError.FORBIDDEN;
  }

  /** The same; makes the file where it is absent and its folder is there. */
  findOrMake(path: string): StoredFile | number {
    const found = this.find(path);
    if (found !== FileError.ABSENT || this.checkFolders(path) !== 0) return found;
    const made = new StoredFile(new Uint8Array(0), this.now);
    this.entries.set(path, made);
    return made;
  }

  /** Adds to a file. Returns 0 or a FileError. */
  append(file: StoredFile, bytes: Uint8Array): number {
    if (bytes.length > this.room) return FileError.FULL;
    this.room -= bytes.length;
    file.set(new Uint8Array(Buffer.concat([file.bytes, bytes])), this.now);
    return 0;
  }

  empty(file: StoredFile): void {
    file.set(new Uint8Array(0), this.now);
  }

  /** Gives a file another path, and takes the place of one that is there. Returns 0 or a FileError. */
  rename(from: string, to: string): number {
    const file = this.find(from);
    if (typeof file === "number") return file;
    const error = this.checkFolders(to);
    if (error !== 0) return error;
    const replaced = this.find(to);
    if (typeof replaced === "number" && replaced !== FileError.ABSENT) return replaced;
    this.entries.delete(from);
    this.entries.set(to, file);
    return 0;
  }

  private get now(): Date {
    return new Date(this.clock.unixMillis);
  }

  /** Whether folders lead to a path: 0 or a FileError. */
  private checkFolders(path: string): number {
    for (const folder of foldersOf(path)) {
      const found = this.entries.get(folder);
      if (found === "other") return FileError.FORBIDDEN;
      if (found !== "folder") return FileError.ABSENT;
    }
    return 0;
  }

  private makeFolders(path: string): void {
    for (const folder of foldersOf(path)) {
      const found = this.entries.get(folder) ?? "folder";
      if (found !== "folder") throw new Error(`${folder} is no folder`);
      this.entries.set(folder, found);
    }
  }

  private mount(folder: string, path: string): void {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const inner = path === "" ? entry.name : `${path}/${entry.name}`;
      const source = join(folder, entry.name);
      if (entry.isDirectory()) {
        this.entries.set(inner, "folder");
        this.mount(source, inner);
      } else {
        this.entries.set(inner, entry.isFile() ? new StoredFile(source, lstatSync(source).mtime) : "other");
      }
    }
  }
}

/** The folders that lead to a path, the root ("") first. */
function foldersOf(path: string): string[] {
  const segments = path.split("/");
  return segments.map((_, count) => segments.slice(0, count).join("/"));
}

/** A path of a test, without the slashes around it. */
function normal(path: string): string {
  const name = path.replace(/^\/|\/$/g, "");
  if (name.split("/").some((segment) => segment === "" || segment === "." || segment === "..")) {
    throw new Error(`${JSON.stringify(path)} is no path of a file`);
  }
  return name;
}
