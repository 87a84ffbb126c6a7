/** Storage in this browser. If storage is blocked or full, the page works without it. */
class Kept {
  #storage;

  /** @param {() => Storage} storage asked for each time, since even that may be refused */
  constructor(storage) {
    this.#storage = storage;
  }

  /**
   * @param {string} key
   * @returns {string | null}
   */
  get(key) {
    return this.#try((storage) => storage.getItem(key)) ?? null;
  }

  /**
   * @param {string} key
   * @param {string} value
   */
  set(key, value) {
    this.#try((storage) => storage.setItem(key, value));
  }

  /** @param {string} key */
  remove(key) {
    this.#try((storage) => storage.removeItem(key));
  }

  /** @param {string} prefix of the keys that go */
  removeAll(prefix) {
    this.#try((storage) => {
      for (const key of Object.keys(storage).filter((name) => name.startsWith(prefix))) storage.removeItem(key);
    });
  }

  #try(use) {
    try {
      return use(this.#storage());
    } catch {
      return undefined;
    }
  }
}

/** Between visits. */
export const keptHere = new Kept(() => localStorage);

/** In this tab, over a reload. */
export const keptInTab = new Kept(() => sessionStorage);
