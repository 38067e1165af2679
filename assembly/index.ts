/// <reference path="./decorators.d.ts" />
export { Deferred } from "./streams/deferred";
export { EventWriter } from "./streams/event_stream";
export { Fields } from "./server/fields";
export { Handler } from "./routing/route";
export { Group } from "./server/group";
export { MicroServer } from "./server/app";
export { Middleware } from "./middleware/middleware";
export { Next } from "./middleware/chain";
export { Params } from "./server/params";
export { Query } from "./server/query";
export { Request } from "./server/request";
export { Response } from "./server/response";
export { Stream } from "./streams/stream";
export { sleep } from "./tasks/sleep";
export { Timer } from "./server/timers";
export { topic, Topic } from "./streams/topic";
export { Writer } from "./streams/writer";
