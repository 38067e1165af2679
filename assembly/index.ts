/// <reference path="./decorators.d.ts" />
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
export { sleep } from "./tasks/sleep";
export { Timer } from "./server/timers";
export { Writer } from "./streams/writer";
