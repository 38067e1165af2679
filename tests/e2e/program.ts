/** The program under test: `build/microserver`, or the host that the environment names. */
export const PROGRAM = process.env.MICROSERVER_HOST ?? new URL("../../../build/microserver", import.meta.url).pathname;
