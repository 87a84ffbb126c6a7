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
export type Environment = {
    WebSocket: new (url: string, protocol: string) => WebSocket;
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
     * tells of `online` and `pagehide`
     */
    window?: EventTarget;
    /**
     * tells of `visibilitychange`
     */
    document?: EventTarget & {
        visibilityState?: string;
    };
    /**
     * kept for as long as the tab
     */
    storage?: Pick<Storage, "getItem" | "setItem" | "removeItem">;
};
/** @returns {Environment} */
export declare function browserEnvironment(): Environment;
