/** Why a connection is closed (RFC 6455 §7.4.1 and IANA's registry of close codes). */
export const enum CloseCode {
  NORMAL = 1000,
  GOING_AWAY = 1001,
  PROTOCOL_ERROR = 1002,
  UNSUPPORTED_DATA = 1003,
  /** Never sent: the close frame had no code. */
  NO_STATUS = 1005,
  /** Never sent: there was no close frame. */
  ABNORMAL = 1006,
  INVALID_DATA = 1007,
  POLICY_VIOLATION = 1008,
  TOO_BIG = 1009,
  MISSING_EXTENSION = 1010,
  INTERNAL_ERROR = 1011,
  SERVICE_RESTART = 1012,
  TRY_AGAIN_LATER = 1013,
  BAD_GATEWAY = 1014,
}

/** Whether a close frame may have this code (RFC 6455 §7.4). */
export function isCloseCode(code: i32): bool {
  if (code >= 3000) return code < 5000;
  return code >= 1000 && code <= 1014 && (code < 1004 || code > 1006);
}
