const NEAR_THE_END_PX = 48;

/**
 * Keeps the end of the page in view while it grows, lets go as soon as the reader scrolls up, and
 * takes hold again at the end.
 *
 * Events: `change` when it lets go or takes hold.
 */
export class AutoScroll extends EventTarget {
  #following = true;
  #lastTop = 0;

  constructor() {
    super();
    addEventListener("scroll", () => this.#onScroll(), { passive: true });
    addEventListener("resize", () => this.followIfFollowing(), { passive: true });
  }

  get following() {
    return this.#following;
  }

  /** @param {Element} node whose change of size moves the end of the page */
  alsoFollow(node) {
    new ResizeObserver(() => this.followIfFollowing()).observe(node);
  }

  /**
   * A reader who opens something to read must not be carried off by what comes next.
   *
   * @param {Element} node in which things open and close
   */
  heedOpening(node) {
    node.addEventListener("toggle", () => this.#set(this.#left < NEAR_THE_END_PX), { capture: true });
  }

  /** To be called after the page has grown. */
  followIfFollowing() {
    if (this.#following) scrollTo({ top: document.documentElement.scrollHeight, behavior: "instant" });
  }

  follow() {
    this.#set(true);
    this.followIfFollowing();
  }

  #onScroll() {
    const { scrollTop } = document.documentElement;
    const upwards = scrollTop < this.#lastTop;
    const left = this.#left;
    this.#lastTop = scrollTop;
    // A page that shrinks is pushed up too, but stays at its end; a page that grows leaves its end
    // behind without anybody having scrolled.
    this.#set(upwards ? this.#following && left <= 1 : this.#following || left < NEAR_THE_END_PX);
  }

  get #left() {
    const { scrollTop, scrollHeight, clientHeight } = document.documentElement;
    return scrollHeight - scrollTop - clientHeight;
  }

  #set(following) {
    if (this.#following === following) return;
    this.#following = following;
    this.dispatchEvent(new Event("change"));
  }
}
