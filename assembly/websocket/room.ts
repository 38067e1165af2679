import { CloseCode } from "./close_code";
import { beginClosing } from "./closing";
import { schedule } from "./alarm";
import { Endpoint, Phase, Rooms, setRooms } from "./endpoint";
import { beginFrame, dropFrame, endFrame } from "./frame_output";
import { Opcode } from "./opcode";
import { queuedOf } from "./outbox";

/** The WebSockets that have joined a room. It is there while it has any. */
class Members {
  readonly all: Endpoint[] = [];

  constructor(
    readonly name: string,
    public next: Members | null,
  ) {}
}

// @ts-ignore: decorator
@lazy let first: Members | null = null;

/** WebSockets that are told the same. */
export class Room {
  constructor(readonly name: string) {}

  /** How many WebSockets have joined it. */
  get count(): i32 {
    const members = find(this.name);
    return members ? members.all.length : 0;
  }

  /**
   * Sends a text message to all that are open; to whom more is queued than `maxQueued` it is not sent, or, with `closeSlow`,
   * that one is closed with 1013. Never waits. Returns how many it was sent to.
   */
  send(text: string): i32 {
    const members = find(this.name);
    if (!members) return 0;
    beginFrame().text(text);
    return broadcast(members, Opcode.TEXT);
  }

  /** Sends a binary message; as `send`. */
  sendBytes(bytes: Uint8Array): i32 {
    const members = find(this.name);
    if (!members) return 0;
    beginFrame().bytes(bytes.dataStart, bytes.length);
    return broadcast(members, Opcode.BINARY);
  }
}

/** The room of a name. WebSockets enter by `join`. */
export function room(name: string): Room {
  return new Room(name);
}

function broadcast(members: Members, opcode: Opcode): i32 {
  endFrame(opcode);
  const all = members.all;
  let count = 0;
  let slow = 0;
  for (let i = 0; i < all.length; i++) {
    const endpoint = unchecked(all[i]);
    const c = endpoint.connection;
    if (!c || c.isGone || endpoint.phase != Phase.OPEN) continue;
    if (queuedOf(c) > endpoint.options.maxQueued) slow++;
    else if (endpoint.pushFrame(c)) count++;
  }
  dropFrame();
  for (let i = 0; slow && i < all.length; i++) closeSlow(unchecked(all[i]));
  return count;
}

function closeSlow(endpoint: Endpoint): void {
  const c = endpoint.connection;
  const options = endpoint.options;
  if (!c || endpoint.phase != Phase.OPEN || !options.closeSlow || queuedOf(c) <= options.maxQueued) return;
  beginClosing(endpoint, c, CloseCode.TRY_AGAIN_LATER, "too slow");
  schedule(endpoint);
}

export function joinRoom(endpoint: Endpoint, name: string): void {
  setRooms(everyRoom);
  let members = find(name);
  if (!members) {
    members = new Members(name, first);
    first = members;
  }
  if (!members.all.includes(endpoint)) members.all.push(endpoint);
}

export function leaveRoom(endpoint: Endpoint, name: string): void {
  const members = find(name);
  if (!members) return;
  remove(members, endpoint);
  tidy();
}

class EveryRoom extends Rooms {
  leaveAll(endpoint: Endpoint): void {
    let members = first;
    while (members) {
      remove(members, endpoint);
      members = members.next;
    }
    tidy();
  }
}

// @ts-ignore: decorator
@lazy const everyRoom: EveryRoom = new EveryRoom();

function remove(members: Members, endpoint: Endpoint): void {
  const all = members.all;
  const index = all.indexOf(endpoint);
  if (index >= 0) all.splice(index, 1);
}

/** Forgets rooms that nobody is in. */
function tidy(): void {
  let before: Members | null = null;
  let members = first;
  while (members) {
    if (members.all.length) before = members;
    else if (before) before.next = members.next;
    else first = members.next;
    members = members.next;
  }
}

function find(name: string): Members | null {
  let members = first;
  while (members && members.name != name) members = members.next;
  return members;
}
