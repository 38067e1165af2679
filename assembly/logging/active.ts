import { Level, log } from "../abi";
import { current } from "../server/current";
import { hooks } from "../server/hooks";
import { setThreshold } from "../server/log";
import { ConsoleLogger } from "./console_logger";
import { Logger } from "./logger";

/** The app's logger. */
// @ts-ignore: decorator
@lazy let active: Logger | null = null;

/** It writes a line; where it still does when the next one comes, that one is its own, or it aborted. */
// @ts-ignore: decorator
@lazy let isWriting: bool = false;

export function setLogger(logger: Logger): void {
  active = logger;
  isWriting = false;
  setThreshold(logger.level);
  hooks.logging = writeLine;
}

export function theLogger(): Logger {
  const logger = active;
  if (logger) return logger;
  const created = new ConsoleLogger(Level.DEBUG);
  setLogger(created);
  return created;
}

/** Whether lines have their time without its being written into them. */
export function notesTime(): bool {
  const logger = active;
  return logger ? logger.hasTime : false;
}

function writeLine(level: i32, from: usize, length: i32): void {
  const logger = active;
  if (!logger || isWriting) return log(level, from, length);
  const wasLocked = current.isLocked;
  current.isLocked = true;
  isWriting = true;
  logger.take(level, from, length);
  isWriting = false;
  current.isLocked = wasLocked;
}
