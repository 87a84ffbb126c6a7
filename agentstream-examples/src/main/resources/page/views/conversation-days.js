import { element, placeChildren, write } from "../dom.js";
import { formatDay } from "../i18n/i18n.js";

/** The list's items in groups, one for each day on which conversations began. */
export class ConversationDays {
  #node;
  /** @type {Map<string, Day>} */
  #days = new Map();

  /** @param {HTMLElement} node what shows the groups */
  constructor(node) {
    this.#node = node;
  }

  /**
   * @param {{node: HTMLElement, createdAt: string}[]} items newest first
   * @param {number} now
   */
  show(items, now) {
    const grouped = new Map();
    for (const { node, createdAt } of items) {
      const key = new Date(createdAt).toDateString();
      if (!grouped.has(key)) grouped.set(key, { createdAt, nodes: [] });
      grouped.get(key).nodes.push(node);
    }
    const days = new Map([...grouped.keys()].map((key) => [key, this.#days.get(key) ?? new Day()]));
    for (const [key, { createdAt, nodes }] of grouped) days.get(key).show(formatDay(new Date(createdAt), new Date(now)), nodes);
    this.#days = days;
    placeChildren(this.#node, [...days.values()].map(({ node }) => node));
  }
}

class Day {
  #title = element("h3", { className: "conversation-day" });
  #list = element("ul");
  node = element("section", {}, [this.#title, this.#list]);

  show(title, nodes) {
    write(this.#title, title);
    this.#list.setAttribute("aria-label", title);
    placeChildren(this.#list, nodes);
  }
}
