import { Router } from "../routing/router";

/** The app's settings as the server uses them; times in ms. Set at boot. */
export namespace settings {
  export let idleTimeout: u32 = 5000;
  export let headTimeout: u32 = 10000;
  export let contentTimeout: u32 = 30000;
  export let sendTimeout: u32 = 30000;
  /** Requests that one connection may bring. */
  export let requestLimit: i32 = 100;
}

/** The app's routes. */
export const router: Router = new Router();
