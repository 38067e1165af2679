import { Limit, Window } from "../abi";

/** Bytes that one `on_data` can bring. */
// @ts-ignore: decorator
@inline export const RECEIVE_SIZE: i32 = 2048;

/** What host and guest share. */
export const host: Window = changetype<Window>(memory.data(offsetof<Window>(), 8));

/** The receive window. */
export const receiveWindow: usize = memory.data(RECEIVE_SIZE + <i32>Limit.RECEIVE_PAD, 8);

host.receive = <u32>receiveWindow;
host.receiveSize = <u32>RECEIVE_SIZE;
