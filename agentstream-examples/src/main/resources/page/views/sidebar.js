import { byId } from "../dom.js";
import { onRoute } from "../route.js";

/** Beside the page where there is room; over it, as a drawer that the menu opens, where there is none. */
export class Sidebar {
  #node = byId("sidebar");
  #menu = byId("menu");
  #veil = byId("veil");
  #wide = matchMedia("(min-width: 64rem)");

  constructor() {
    this.#menu.addEventListener("click", () => this.open());
    byId("close-sidebar").addEventListener("click", () => this.close());
    this.#veil.addEventListener("click", () => this.close());
    this.#node.addEventListener("keydown", ({ key }) => {
      if (key === "Escape" && this.#isOpen) this.close();
    });
    // Also a click on the conversation that is shown already.
    this.#node.addEventListener("click", ({ target }) => {
      if (target.closest("a")) this.close();
    });
    this.#wide.addEventListener("change", () => this.close());
    onRoute(() => this.close());
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

  get #isOpen() {
    return this.#node.hasAttribute("data-open");
  }

  #show(open) {
    this.#node.toggleAttribute("data-open", open);
    this.#menu.setAttribute("aria-expanded", String(open));
    this.#veil.hidden = !open;
    for (const behind of document.querySelectorAll(".topbar, main")) behind.inert = open;
  }
}
