import { byId, element } from "../dom.js";
import { t } from "../i18n/i18n.js";

const LONGEST = 320;
const MOST_LINES = 5;
const LONGEST_TITLE = 120;
const NAME = "agentstream";

/** The title that a person gave, or else the topic as the title; if it is long, its beginning, which expands to the whole. */
export class Topic {
  #node = byId("conversation-topic");
  #more = byId("topic-more");
  #drawn = "";

  constructor() {
    this.#more.addEventListener("click", () => this.#fold(!this.#node.hasAttribute("data-folded")));
  }

  focus() {
    this.#node.focus({ preventScroll: true });
  }

  /** Takes the topic out of the title of the window. */
  hide() {
    this.#drawn = "";
    document.title = NAME;
  }

  /**
   * @param {import("/agentstream/conversation.js").Conversation} conversation
   * @param {string} [title] the title that a person gave it
   */
  show({ conversationId, topic: said }, title) {
    const topic = title ?? said;
    const drawn = `${conversationId} ${topic}`;
    if (drawn === this.#drawn) return;
    this.#drawn = drawn;
    const beginning = beginningOf(topic);
    const rest = topic.slice(beginning.length);
    this.#node.replaceChildren(beginning, ...(rest ? [element("span", { className: "topic-rest", text: rest })] : []));
    this.#more.hidden = rest === "";
    this.#fold(rest !== "");
    document.title = topic ? `${shortened(topic)} — ${NAME}` : NAME;
  }

  #fold(folded) {
    this.#node.toggleAttribute("data-folded", folded);
    this.#more.setAttribute("aria-expanded", String(!folded));
    this.#more.textContent = t(folded ? "conversation.showAll" : "conversation.showLess");
  }
}

/** All of a topic that is short; of a long one some lines, up to the end of a word where there is one. */
function beginningOf(topic) {
  const lines = topic.split("\n", MOST_LINES).join("\n");
  if (lines.length <= LONGEST) return lines;
  const cut = [...lines.slice(0, LONGEST)].slice(0, -1).join("");
  return /^.{200,}(?=\s)/su.exec(cut)?.[0] ?? cut;
}

function shortened(topic) {
  const [line] = topic.split("\n");
  return line.length > LONGEST_TITLE ? `${[...line].slice(0, LONGEST_TITLE).join("")}…` : line;
}
