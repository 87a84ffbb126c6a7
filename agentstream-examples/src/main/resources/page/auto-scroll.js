import { Press } from "./press.js";

const NEAR_THE_END_PX = 48;

/**
 * Keeps the end of the page in view while it grows, stops when the reader scrolls up, selects or
 * opens something to read, and starts again at the end.
 *
 * Events: `change` when it starts or stops.
 */
export class AutoScroll extends EventTarget {
  #following = true;
  #lastTop = 0;
  /** The element that the reader reads and selects in. */
  #text;
  #wasSelecting = false;
  /** While a pointer is down, the text under it must not move away. */
  #press;

  /** @param {Element} text in which a selection holds the page still, and things open and close */
  constructor(text) {
    super();
    this.#text = text;
    addEventListener("scroll", () => this.#onScroll(), { passive: true });
    addEventListener("resize", () => this.followIfFollowing(), { passive: true });
    document.addEventListener("selectionchange", () => this.#onSelection());
    this.#press = new Press(text);
    this.#press.addEventListener("released", () => this.followIfFollowing());
    // A reader who opens something to read must not be carried off by what comes next.
    text.addEventListener("toggle", () => this.#set(this.#isAtEnd), { capture: true });
  }

  get following() {
    return this.#following;
  }

  /** @param {Element} node whose change of size moves the end of the page */
  alsoFollow(node) {
    new ResizeObserver(() => this.followIfFollowing()).observe(node);
  }

  /** To be called after the page has grown. */
  followIfFollowing() {
    if (this.#following && !this.#press.isHeld) scrollTo({ top: document.documentElement.scrollHeight, behavior: "instant" });
  }

  follow() {
    this.#set(true);
    this.followIfFollowing();
  }

  /** @param {number} top the page's position, which later content does not change */
  standAt(top) {
    this.#set(false);
    scrollTo({ top, behavior: "instant" });
  }

  #onScroll() {
    const { scrollTop } = document.documentElement;
    const upwards = scrollTop < this.#lastTop;
    const left = this.#left;
    this.#lastTop = scrollTop;
    if (this.#isSelecting) {
      // It never starts to follow then, but who has gone to the end may leave it again.
      if (upwards && left > 1) this.#set(false);
      return;
    }
    // A page that shrinks is pushed up too, but stays at its end; a page that grows leaves its end
    // behind without anybody having scrolled.
    this.#set(upwards ? this.#following && left <= 1 : this.#following || this.#isAtEnd);
  }

  #onSelection() {
    const isSelecting = this.#isSelecting;
    if (isSelecting) this.#set(false);
    else if (this.#wasSelecting) this.#set(this.#isAtEnd);
    this.#wasSelecting = isSelecting;
  }

  get #isSelecting() {
    const selection = getSelection();
    return selection !== null && !selection.isCollapsed && this.#text.contains(selection.anchorNode);
  }

  get #isAtEnd() {
    return this.#left < NEAR_THE_END_PX;
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
