import { Limit } from "../abi";
import { ascii } from "../bytes/ascii";
import { fail } from "../bytes/fail";
import { MAX_FIELDS } from "../http/head";
import { limits } from "../http/limits";
import { setLogger, theLogger } from "../logging/active";
import { Logger } from "../logging/logger";
import { rootScope } from "../routing/route";
import { checkServerName, checkSetting, checkTime } from "./check_setting";
import { addErrorHandler, ErrorHandler } from "./errors";
import { Routes } from "./routes";
import { settings } from "./settings";
import { startTimer, Timer } from "./timers";
import { host } from "./window";

/** A head's offsets are u16. */
// @ts-ignore: decorator
@inline const MAX_HEAD: i32 = 65000;

/** The app of this module. */
export let theApp: MicroServer | null = null;

/**
 * A server: its settings and its routes. A module has one.
 * A setting that is out of its range aborts the start, and says which one it is.
 */
export class MicroServer extends Routes {
  constructor(
    /** TCP port, where the host is not told another; 0 leaves it to the host. */
    port: i32 = 0,
    /** Connections at a time; 503 above. At most 128, and what the host offers. */
    maxConns: i32 = 10,
  ) {
    super(rootScope);
    if (theApp) fail(ascii("a module has one MicroServer"));
    theApp = this;
    this.port = port;
    this.maxConns = maxConns;
  }

  get port(): i32 {
    return host.port;
  }
  set port(value: i32) {
    host.port = checkSetting(ascii("port"), value, 0, 65535);
  }

  get maxConns(): i32 {
    return host.maxConns;
  }
  set maxConns(value: i32) {
    host.maxConns = checkSetting(ascii("maxConns"), value, 1, Limit.CONNECTIONS);
  }

  /** Content of a request in bytes, 0 to 16 MiB; 413 above. */
  get maxBodySize(): i32 {
    return settings.bodyLimit;
  }
  set maxBodySize(value: i32) {
    settings.bodyLimit = checkSetting(ascii("maxBodySize"), value, 0, 1 << 24);
  }

  /** Seconds an idle connection is kept, 1 to 86,400. */
  get keepAliveTimeout(): i32 {
    return settings.idleTimeout / 1000;
  }
  set keepAliveTimeout(value: i32) {
    settings.idleTimeout = checkTime(ascii("keepAliveTimeout"), value);
  }

  /** Requests that one connection may bring, 1 to a million. */
  get maxKeepAliveRequests(): i32 {
    return settings.requestLimit;
  }
  set maxKeepAliveRequests(value: i32) {
    settings.requestLimit = checkSetting(ascii("maxKeepAliveRequests"), value, 1, 1_000_000);
  }

  /** Seconds from the first byte of a request to the end of its head, 1 to 86,400; 408 above. */
  get headTimeout(): i32 {
    return settings.headTimeout / 1000;
  }
  set headTimeout(value: i32) {
    settings.headTimeout = checkTime(ascii("headTimeout"), value);
  }

  /** Seconds from the end of the head to the end of the content, 1 to 86,400; 408 above. */
  get bodyTimeout(): i32 {
    return settings.contentTimeout / 1000;
  }
  set bodyTimeout(value: i32) {
    settings.contentTimeout = checkTime(ascii("bodyTimeout"), value);
  }

  /** Seconds that a client may take to receive an answer, 1 to 86,400. */
  get sendTimeout(): i32 {
    return settings.sendTimeout / 1000;
  }
  set sendTimeout(value: i32) {
    settings.sendTimeout = checkTime(ascii("sendTimeout"), value);
  }

  /** Request line in bytes, 1 to 65,000; 414 above. */
  get maxRequestLine(): i32 {
    return limits.requestLine;
  }
  set maxRequestLine(value: i32) {
    limits.requestLine = checkSetting(ascii("maxRequestLine"), value, 1, MAX_HEAD);
  }

  /** A field line in bytes, 1 to 65,000; 431 above. */
  get maxFieldLine(): i32 {
    return limits.fieldLine;
  }
  set maxFieldLine(value: i32) {
    limits.fieldLine = checkSetting(ascii("maxFieldLine"), value, 1, MAX_HEAD);
  }

  /** Field lines of a request, 1 to 64; 431 above. */
  get maxFields(): i32 {
    return limits.fields;
  }
  set maxFields(value: i32) {
    limits.fields = checkSetting(ascii("maxFields"), value, 1, MAX_FIELDS);
  }

  /** A head in bytes, 1 to 65,000; 431 above. */
  get maxHeadSize(): i32 {
    return limits.head;
  }
  set maxHeadSize(value: i32) {
    limits.head = checkSetting(ascii("maxHeadSize"), value, 1, MAX_HEAD);
  }

  /** The Server field: 1 to 64 printable ASCII characters. */
  get serverName(): string {
    return settings.serverName;
  }
  set serverName(value: string) {
    checkServerName(value);
    settings.serverName = value;
  }

  /** Where lines of the log go: the console, where none is set. */
  get logger(): Logger {
    return theLogger();
  }
  set logger(logger: Logger) {
    setLogger(logger);
  }

  /**
   * Answers errors of the server's own, of one status (400 to 599) or, for ANY_STATUS, of all others. What such an answer
   * must have stays, such as Allow. An answer of status 200 gets that of the error.
   */
  onError(status: i32, handler: ErrorHandler): this {
    addErrorHandler(status, handler);
    return this;
  }

  /** Calls a function in `ms`, once. It may wait. */
  after(ms: i32, callback: () => void): Timer {
    return startTimer(callback, ms, 0);
  }

  /** Calls a function every `ms`; a round whose time comes while it still waits is left out. */
  every(ms: i32, callback: () => void): Timer {
    if (ms < 1) fail(ascii("every: at least 1 ms"));
    return startTimer(callback, ms, ms);
  }
}
