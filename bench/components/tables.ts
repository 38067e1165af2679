/** Route tables of a small and of a large app, with paths to look up. */

export interface RouteTable {
  /** `METHOD pattern`, with `:name` for a segment and `*` for the rest. */
  readonly routes: readonly string[];
  /** `METHOD path`. */
  readonly lookUps: readonly string[];
}

export const small: RouteTable = {
  routes: [
    "GET /",
    "GET /about",
    "POST /login",
    "GET /status",
    "GET /api/sensors",
    "GET /api/sensors/:id",
    "GET /api/sensors/:id/readings",
    "POST /api/sensors/:id/readings",
    "GET /api/pins/:pin",
    "PUT /api/pins/:pin",
    "GET /static/*",
    "GET /events",
  ],
  lookUps: [
    "GET /",
    "GET /status",
    "GET /api/sensors",
    "GET /api/sensors/12",
    "GET /api/sensors/12/readings",
    "PUT /api/pins/4",
    "GET /static/css/main.css",
    "GET /api/nothing",
  ],
};

export const large: RouteTable = {
  routes: [
    "GET /",
    "GET /about",
    "GET /health",
    "GET /metrics",
    "GET /login",
    "POST /login",
    "POST /logout",
    "GET /api/sensors",
    "POST /api/sensors",
    "GET /api/sensors/:id",
    "PUT /api/sensors/:id",
    "DELETE /api/sensors/:id",
    "GET /api/sensors/:id/readings",
    "POST /api/sensors/:id/readings",
    "GET /api/sensors/:id/readings/latest",
    "GET /api/sensors/:id/readings/:reading",
    "GET /api/pins",
    "GET /api/pins/:pin",
    "PUT /api/pins/:pin",
    "GET /api/pins/:pin/mode",
    "PUT /api/pins/:pin/mode",
    "GET /api/schedules",
    "POST /api/schedules",
    "GET /api/schedules/:id",
    "PUT /api/schedules/:id",
    "DELETE /api/schedules/:id",
    "GET /api/users",
    "POST /api/users",
    "GET /api/users/:id",
    "PUT /api/users/:id",
    "DELETE /api/users/:id",
    "GET /api/settings",
    "PUT /api/settings",
    "GET /api/settings/:key",
    "PUT /api/settings/:key",
    "GET /api/network",
    "GET /api/log",
    "POST /api/restart",
    "GET /static/*",
    "GET /events",
  ],
  lookUps: [
    "GET /",
    "GET /metrics",
    "GET /api/network",
    "GET /api/sensors/12",
    "GET /api/sensors/12/readings/latest",
    "GET /api/sensors/12/readings/345",
    "PUT /api/pins/4/mode",
    "DELETE /api/users/ada",
    "GET /static/css/main.css",
    "GET /api/nothing/here",
  ],
};
