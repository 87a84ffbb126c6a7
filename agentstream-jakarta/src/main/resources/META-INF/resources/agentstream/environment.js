/**
 * The browser functions that the modules use, so that tests can replace them.
 *
 * @typedef {object} Environment
 * @property {new (url: string, protocol: string) => WebSocket} WebSocket
 * @property {typeof fetch} [fetch] for networks without WebSockets
 * @property {(callback: () => void, ms: number) => any} setTimeout
 * @property {(timer: any) => void} clearTimeout
 * @property {() => number} now milliseconds, as `Date.now()`
 * @property {() => number} random from 0 to 1, as `Math.random()`
 * @property {EventTarget} [window] fires `online` and `pagehide`
 * @property {EventTarget & {visibilityState?: string}} [document] fires `visibilitychange`
 * @property {Pick<Storage, "getItem" | "setItem" | "removeItem">} [storage] lives as long as the tab
 */

/** @returns {Environment} */
export function browserEnvironment() {
  return {
    WebSocket: globalThis.WebSocket,
    fetch: globalThis.fetch?.bind(globalThis),
    setTimeout: (callback, ms) => globalThis.setTimeout(callback, ms),
    clearTimeout: (timer) => globalThis.clearTimeout(timer),
    now: () => Date.now(),
    random: () => Math.random(),
    window: globalThis.window,
    document: globalThis.document,
    storage: tabStorage(),
  };
}

/** Mere access throws if the user has blocked site data. */
function tabStorage() {
  try {
    return globalThis.sessionStorage;
  } catch {
    return undefined;
  }
}
