// Binaryen's asyncify pass defines these (host/transform/waiting.ts). A stack is unwound to, and rewound from, what
// `info` points at: {address behind the last frame, end of the room}, u32 both.

// @ts-ignore: decorator
@external("asyncify", "start_unwind")
export declare function startUnwind(info: usize): void;

// @ts-ignore: decorator
@external("asyncify", "stop_unwind")
export declare function stopUnwind(): void;

// @ts-ignore: decorator
@external("asyncify", "start_rewind")
export declare function startRewind(info: usize): void;

// @ts-ignore: decorator
@external("asyncify", "stop_rewind")
export declare function stopRewind(): void;
