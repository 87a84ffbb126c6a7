/**
 * The browser functions that the modules use, so that tests can replace them.
 *
 * @typedef {object} Environment
 * @property {new (url: string, protocol: string) => WebSocket} WebSocket
 * @property {(callback: () => void, ms: number) => any} setTimeout
 * @property {(timer: any) => void} clearTimeout
 * @property {() => number} now milliseconds, as `Date.now()`
 * @property {() => number} random from 0 to 1, as `Math.random()`
 * @property {EventTarget} [window] fires `online` and `pagehide`
 * @property {EventTarget & {visibilityState?: string}} [document] fires `visibilitychange`
 * @property {Pick<Storage, "getItem" | "setItem" | "removeItem">} [storage] lives as long as the tab
 */
export type Environment = {
    WebSocket: new (url: string, protocol: string) => WebSocket;
    /**
     * for networks without WebSockets
     */
    fetch?: typeof fetch;
    setTimeout: (callback: () => void, ms: number) => any;
    clearTimeout: (timer: any) => void;
    /**
     * milliseconds, as `Date.now()`
     */
    now: () => number;
    /**
     * from 0 to 1, as `Math.random()`
     */
    random: () => number;
    /**
     * fires `online` and `pagehide`
     */
    window?: EventTarget;
    /**
     * fires `visibilitychange`
     */
    document?: EventTarget & {
        visibilityState?: string;
    };
    /**
     * lives as long as the tab
     */
    storage?: Pick<Storage, "getItem" | "setItem" | "removeItem">;
};
/** @returns {Environment} */
export declare function browserEnvironment(): Environment;
