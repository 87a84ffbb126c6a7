/**
 * What the modules need from the world around them, so that tests can put their own in its place.
 *
 * @typedef {object} Environment
 * @property {new (url: string, protocol: string) => WebSocket} WebSocket
 * @property {(callback: () => void, ms: number) => any} setTimeout
 * @property {(timer: any) => void} clearTimeout
 * @property {() => number} now milliseconds, as `Date.now()`
 * @property {() => number} random from 0 to 1, as `Math.random()`
 * @property {EventTarget} [window] tells of `online` and `pagehide`
 * @property {EventTarget & {visibilityState?: string}} [document] tells of `visibilitychange`
 * @property {Pick<Storage, "getItem" | "setItem" | "removeItem">} [storage] kept for as long as the tab
 */

/** @returns {Environment} */
export function browserEnvironment() {
  return {
    WebSocket: globalThis.WebSocket,
    setTimeout: (callback, ms) => globalThis.setTimeout(callback, ms),
    clearTimeout: (timer) => globalThis.clearTimeout(timer),
    now: () => Date.now(),
    random: () => Math.random(),
    window: globalThis.window,
    document: globalThis.document,
    storage: tabStorage(),
  };
}

/** Merely touching it throws where the user has forbidden site data. */
function tabStorage() {
  try {
    return globalThis.sessionStorage;
  } catch {
    return undefined;
  }
}
