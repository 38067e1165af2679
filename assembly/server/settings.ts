import { Router } from "../routing/router";

/** The app's settings; times in ms. */
export namespace settings {
  export let idleTimeout: u32 = 5000;
  export let headTimeout: u32 = 10000;
  export let contentTimeout: u32 = 30000;
  export let sendTimeout: u32 = 30000;
  /** Requests that one connection may bring. */
  export let requestLimit: i32 = 100;
  /** Content of a request in bytes, where its route has no limit of its own. */
  export let bodyLimit: i32 = 8192;
  export let serverName: string = "MicroServer";
}

/** The app's routes. */
export const router: Router = new Router();
