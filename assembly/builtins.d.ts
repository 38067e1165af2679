/** Functions of AssemblyScript's runtime that its typings leave out. */

/** Makes a garbage-collected object of `size` bytes; returns its address. */
declare function __new(size: usize, id: u32): usize;
/** Changes the size of an object, which may move it; returns its address. */
declare function __renew(address: usize, size: usize): usize;
/** Tells the collector that an object refers to another one from now on. */
declare function __link(parent: usize, child: usize, isMultiple: bool): void;
/** Collects garbage; with the runtime `minimal` only while no other function runs. */
declare function __collect(): void;
/** Visits the objects that global variables refer to. */
declare function __visit_globals(cookie: u32): void;
/** Visits the objects that an object refers to. */
declare function __visit_members(address: usize, cookie: u32): void;
