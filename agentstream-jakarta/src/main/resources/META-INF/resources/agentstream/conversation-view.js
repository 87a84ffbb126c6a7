/** @typedef {import("./conversation-store.js").ConversationStore} ConversationStore */
/** @typedef {import("./conversation-store.js").Sync} Sync */
/** @typedef {import("./conversation.js").Conversation} Conversation */
/** @typedef {import("./conversation.js").Entry} Entry */
/** @typedef {import("./errors.js").AgentstreamError} AgentstreamError */

/**
 * The view of a store at one moment. Nothing in it ever changes, and an entry that has not changed is the same
 * object in the next snapshot.
 *
 * @typedef {object} ConversationSnapshot
 * @property {Readonly<Conversation> | null} conversation
 * @property {Sync} sync
 * @property {AgentstreamError | null} error why `sync` is `gone` or `failed`
 */

const CHANGES = ["reset", "entry", "change", "sync"];

/**
 * Shows a store to frameworks that compare objects, such as React: `subscribe` and `getSnapshot` are what
 * `useSyncExternalStore` takes. However many tokens arrive, subscribers are called once a frame.
 */
export class ConversationView {
  #store;
  #requestFrame;
  /** The copies of entries, each as long as its entry stays as it is. */
  #copies = new WeakMap();
  /** The copies of the conversation's other objects; null if one of them may have changed. */
  #others = null;
  #subscribers = new Set();
  #waiting = false;
  #error = null;
  #snapshot;

  /**
   * @param {ConversationStore} store
   * @param {{requestFrame?: (callback: () => void) => unknown}} [options] by default requestAnimationFrame
   */
  constructor(store, { requestFrame = (callback) => requestAnimationFrame(callback) } = {}) {
    this.#store = store;
    this.#requestFrame = requestFrame;
    this.#snapshot = this.#take();
  }

  /**
   * @param {() => void} subscriber called at most once a frame, when `getSnapshot` returns another object
   * @returns {() => void} ends the subscription
   */
  subscribe = (subscriber) => {
    // An object of its own, so that the same function can subscribe twice.
    const subscription = () => subscriber();
    if (this.#subscribers.size === 0) this.#watch();
    this.#subscribers.add(subscription);
    return () => {
      this.#subscribers.delete(subscription);
      if (this.#subscribers.size === 0) for (const type of CHANGES) this.#store.removeEventListener(type, this.#changed);
    };
  };

  /** @returns {ConversationSnapshot} the same object until something has changed */
  getSnapshot = () => this.#snapshot;

  #watch() {
    for (const type of CHANGES) this.#store.addEventListener(type, this.#changed);
    // Whatever has changed meanwhile was not seen.
    this.#copies = new WeakMap();
    this.#others = null;
    const { conversation, sync } = this.#snapshot;
    const now = this.#take();
    // As long as there is nothing to show, another object would only render once more.
    if (conversation || now.conversation || now.sync !== sync) this.#snapshot = now;
  }

  #changed = ({ type, detail }) => {
    if (type === "entry") this.#copies.delete(detail.entry);
    else this.#others = null;
    if (type === "sync") this.#error = detail.error ?? null;
    if (this.#waiting) return;
    this.#waiting = true;
    this.#requestFrame(() => this.#show());
  };

  #show() {
    this.#waiting = false;
    this.#snapshot = this.#take();
    for (const subscriber of [...this.#subscribers]) subscriber();
  }

  /** @returns {ConversationSnapshot} */
  #take() {
    const { conversation, sync } = this.#store;
    return { conversation: conversation && this.#copy(conversation), sync, error: this.#error };
  }

  #copy({ entries, ...rest }) {
    this.#others ??= structuredClone(Object.fromEntries(Object.entries(rest).filter(([, value]) => isObject(value))));
    return { ...rest, ...this.#others, entries: entries.map((entry) => this.#copyOf(entry)) };
  }

  #copyOf(entry) {
    let copy = this.#copies.get(entry);
    if (!copy) {
      copy = Object.fromEntries(Object.entries(entry).map(([key, value]) => [key, isObject(value) ? structuredClone(value) : value]));
      this.#copies.set(entry, copy);
    }
    return copy;
  }
}

function isObject(value) {
  return typeof value === "object" && value !== null;
}
