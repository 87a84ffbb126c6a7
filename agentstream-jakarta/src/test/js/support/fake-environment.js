import { FakeClock } from "./fake-clock.js";
import { FakeSocket } from "./fake-socket.js";

/** A browser without a network, whose clock and chance are fixed. */
export function fakeEnvironment() {
  FakeSocket.opened = [];
  const clock = new FakeClock();
  const items = new Map();
  return {
    clock,
    WebSocket: FakeSocket,
    fetch: undefined,
    setTimeout: (callback, ms) => clock.setTimeout(callback, ms),
    clearTimeout: (timer) => clock.clearTimeout(timer),
    now: () => clock.now(),
    random: () => 1,
    window: new EventTarget(),
    document: Object.assign(new EventTarget(), { visibilityState: "visible" }),
    storage: {
      getItem: (key) => items.get(key) ?? null,
      setItem: (key, value) => items.set(key, value),
      removeItem: (key) => items.delete(key),
    },
  };
}

/** Lets promises that are settled run their reactions. */
export function settled() {
  return new Promise((resolve) => setImmediate(resolve));
}
