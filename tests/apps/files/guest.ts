// A guest without the core, to try the file calls of a host with. A segment is a command: a word, and its arguments, each on a line of its own.

import {
  ABI_VERSION,
  Close,
  Feature,
  FileInfo,
  Flag,
  Limit,
  Window,
  close,
  file_close,
  file_open,
  file_read,
  file_remove,
  file_rename,
  file_unsent,
  file_write,
  read,
  send,
  send_file,
} from "../../../assembly/abi";

const RECEIVE = 1024;
const CONNECTIONS = 8;
const receive = memory.data(RECEIVE + Limit.RECEIVE_PAD, 16);
const scratch = memory.data(4096, 16);
const info = changetype<FileInfo>(memory.data(12, 4));
/** The connections, by number: 1 where on_writable is awaited. */
const waiting = memory.data(CONNECTIONS + 1);
const page = changetype<Window>(memory.data(64, 16));

export const abi_version: i32 = ABI_VERSION;
export const abi_features: i32 = Feature.HTTP;
export const window: usize = changetype<usize>(page);

page.receive = receive as u32;
page.receiveSize = RECEIVE;
page.maxConns = CONNECTIONS;

let starts: i32 = 0;
starts++;

function say(conn: i32, text: string): void {
  const bytes = String.UTF8.encode(text + "\n");
  send(conn, changetype<usize>(bytes), bytes.byteLength);
}

function open(path: string, mode: i32): i32 {
  const bytes = String.UTF8.encode(path);
  return file_open(changetype<usize>(bytes), bytes.byteLength, mode, changetype<usize>(info), offsetof<FileInfo>());
}

/** A handle with what is known of its file, or the error. */
function told(file: i32): string {
  return file < 0 ? `${file}` : `${file} ${info.size} ${info.modified} ${info.encoded}`;
}

function size(path: string): string {
  const file = open(path, 0);
  if (file < 0) return `${file}`;
  file_close(file);
  return `${info.size}`;
}

function readText(file: i32, offset: u32, length: i32): string {
  const count = file_read(file, offset, scratch, length);
  return count < 0 ? `${count}` : `${count} ${String.UTF8.decodeUnsafe(scratch, count)}`;
}

function write(file: i32, text: string): i32 {
  const bytes = String.UTF8.encode(text);
  return file_write(file, changetype<usize>(bytes), bytes.byteLength);
}

function rename(from: string, to: string): i32 {
  const old = String.UTF8.encode(from);
  const fresh = String.UTF8.encode(to);
  return file_rename(changetype<usize>(old), old.byteLength, changetype<usize>(fresh), fresh.byteLength);
}

function remove(path: string): i32 {
  const bytes = String.UTF8.encode(path);
  return file_remove(changetype<usize>(bytes), bytes.byteLength);
}

/** Sends a file: at its end, "done" where it waited for that, "sent" where not. */
function sendFile(conn: i32, file: i32, offset: u32, length: u32): i32 {
  const result = send_file(conn, file, offset, length);
  if (result == 1) say(conn, "sent");
  else if (result == 0) store<u8>(waiting + conn, 1);
  return result;
}

function get(conn: i32, path: string): i32 {
  const file = open(path, 0);
  return file < 0 ? file : sendFile(conn, file, 0, info.size);
}

/** Opens a file for each of the arguments, and tells the first error. */
function openAll(args: string[]): i32 {
  for (let i = 1; i < args.length; i++) {
    const file = open(args[i], 0);
    if (file < 0) return file;
  }
  return 0;
}

function run(conn: i32, args: string[]): void {
  const command = args[0];
  const first = args.length > 1 ? args[1] : "";
  const number = args.length > 1 ? I32.parseInt(first) : 0;
  if (command == "open") say(conn, told(open(args[2], number)));
  else if (command == "size") say(conn, size(first));
  else if (command == "close") {
    file_close(number);
    say(conn, "closed");
  } else if (command == "read") say(conn, readText(number, U32.parseInt(args[2]), I32.parseInt(args[3])));
  else if (command == "write") say(conn, `${write(number, args[2])}`);
  else if (command == "rename") say(conn, `${rename(first, args[2])}`);
  else if (command == "remove") say(conn, `${remove(first)}`);
  else if (command == "get") answerError(conn, get(conn, first));
  else if (command == "send") answerError(conn, sendFile(conn, number, U32.parseInt(args[2]), U32.parseInt(args[3])));
  else if (command == "send-to") say(conn, `${send_file(number, open(args[2], 0), 0, info.size)}`);
  else if (command == "unsent") say(conn, `${<u32>file_unsent(number)}`);
  else if (command == "twice") say(conn, `${get(conn, first)} ${get(conn, first)}`);
  else if (command == "interrupt") {
    get(conn, first);
    say(conn, `behind ${send(conn, scratch, 4)}`);
  } else if (command == "get-close") {
    get(conn, first);
    close(conn, Close.FLUSH);
  } else if (command == "get-pause") {
    get(conn, first);
    read(conn, 0);
  } else if (command == "tiny") say(conn, tiny(first));
  else if (command == "outside") file_open(receive, 1, 0, 0xffff_fff0, 12);
  else if (command == "outside-path") file_open(0xffff_fff0, 64, 0, 0, 0);
  else if (command == "outside-read") file_read(number, 0, 0xffff_fff0, 64);
  else if (command == "outside-write") file_write(number, 0xffff_fff0, 64);
  else if (command == "abort") throw new Error(`opened ${openAll(args)}`);
  else if (command == "all") say(conn, `${openAll(args)}`);
  else if (command == "get-trap") {
    get(conn, first);
    unreachable();
  } else if (command == "trap") unreachable();
  else if (command == "starts") say(conn, `starts ${starts}`);
  else say(conn, "what?");
}

/** Whether a `FileInfo` that does not fit is left alone. */
function tiny(path: string): string {
  const bytes = String.UTF8.encode(path);
  store<u64>(scratch, 0x0102030405060708);
  const file = file_open(changetype<usize>(bytes), bytes.byteLength, 0, scratch, 11);
  file_close(file);
  return `${file >= 0} ${load<u64>(scratch) == 0x0102030405060708}`;
}

function answerError(conn: i32, result: i32): void {
  if (result < 0) say(conn, `${result}`);
}

export function boot(maxConns: i32): i32 {
  return min(maxConns, CONNECTIONS);
}

export function on_open(conn: i32): void {
  store<u8>(waiting + conn, 0);
}

export function on_data(conn: i32, length: i32): void {
  page.flags |= Flag.COLLECT;
  run(conn, String.UTF8.decodeUnsafe(receive, length).split("\n"));
}

export function on_end(conn: i32): void {
  close(conn, Close.FLUSH);
}

export function on_writable(conn: i32): void {
  if (!load<u8>(waiting + conn)) return;
  store<u8>(waiting + conn, 0);
  say(conn, "done");
}

export function on_close(conn: i32): void {
  console.log(`closed ${conn}`);
}

export function on_timer(): void {}

export function on_refuse(conn: i32): void {
  close(conn, Close.RESET);
}

export function reclaim(): i32 {
  return 0;
}

export function is_idle(conn: i32): i32 {
  return 1;
}

export function on_fault(conn: i32): void {
  if (conn >= 0) say(conn, "fault");
}

export function collect(): void {
  __collect();
}

export function print_routes(): void {}

export function stop(): void {
  for (let conn = 0; conn < CONNECTIONS; conn++) close(conn, Close.FLUSH);
}
