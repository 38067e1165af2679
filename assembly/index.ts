/// <reference path="./decorators.d.ts" />
export { Fields } from "./server/fields";
export { Handler } from "./routing/route";
export { MicroServer } from "./server/app";
export { Params } from "./server/params";
export { Query } from "./server/query";
export { Request } from "./server/request";
export { Response } from "./server/response";
