import { byId } from "../dom.js";
import { cancels } from "../keys.js";
import { onRoute } from "../route.js";

/**
 * Beside the page where there is room; over it, as a drawer that the menu opens, where there is none.
 *
 * Events: `seen` when it comes into sight.
 */
export class Sidebar extends EventTarget {
  #node = byId("sidebar");
  #menu = byId("menu");
  #veil = byId("veil");
  #wide = matchMedia("(min-width: 64rem)");
  #canUndo;

  /** @param {() => boolean} canUndo whether the reader can undo a deletion there, also of the shown conversation */
  constructor(canUndo) {
    super();
    this.#canUndo = canUndo;
    this.#menu.addEventListener("click", () => this.open());
    byId("close-sidebar").addEventListener("click", () => this.close());
    this.#veil.addEventListener("click", () => this.close());
    this.#node.addEventListener("keydown", (event) => {
      if (cancels(event) && this.#isOpen) this.close();
    });
    // Also a click on the conversation that is shown already.
    this.#node.addEventListener("click", ({ target }) => {
      if (target.closest("a")) this.close();
    });
    this.#wide.addEventListener("change", () => this.#onWidth());
    onRoute(() => this.#canUndo() || this.close());
  }

  /** The place of the conversations, wherever it is: opens the drawer, or goes to the list. */
  open() {
    if (!this.#wide.matches) this.#show(true);
    (this.#node.querySelector("[aria-current]") ?? byId("sidebar-new")).focus();
  }

  close() {
    if (!this.#isOpen) return;
    const hadFocus = this.#node.contains(document.activeElement);
    this.#show(false);
    if (hadFocus && !this.#wide.matches) this.#menu.focus();
  }

  get isSeen() {
    return this.#wide.matches || this.#isOpen;
  }


  #onWidth() {
    this.close();
    if (this.#wide.matches) this.#tellSeen();
  }

  #tellSeen() {
    this.dispatchEvent(new Event("seen"));
  }

  get #isOpen() {
    return this.#node.hasAttribute("data-open");
  }

  #show(open) {
    this.#node.toggleAttribute("data-open", open);
    this.#menu.setAttribute("aria-expanded", String(open));
    this.#veil.hidden = !open;
    for (const behind of document.querySelectorAll(".topbar, main")) behind.inert = open;
    if (open) this.#tellSeen();
  }
}
