import { element } from "../dom.js";
import { t } from "../i18n/i18n.js";

/** @typedef {import("/agentstream/conversation.js").Tool} Tool */

/** Shows the tool calls of one message. Each is a small card, which opens to show the arguments and the result in full. */
export class ToolCards {
  node = element("div", { className: "tools", attributes: { hidden: "" } });
  /** @type {Map<string, ToolCard>} */
  #cards = new Map();

  /**
   * @param {Tool[]} tools
   * @param {import("../speakers.js").Asked} asked
   */
  update(tools, asked) {
    for (const tool of tools) {
      if (!this.#cards.has(tool.callId)) this.#add(tool);
      this.#cards.get(tool.callId)?.update(tool, asked.get(tool.callId));
    }
  }

  #add(tool) {
    const card = new ToolCard(tool);
    this.#cards.set(tool.callId, card);
    this.node.append(card.node);
    this.node.hidden = false;
  }
}

class ToolCard {
  #state = element("span", { className: "tool-state" });
  #outcome = element("span", { className: "tool-outcome", attributes: { hidden: "" } });
  #label = element("p", { className: "tool-label" });
  #result = element("pre", { className: "tool-result", attributes: { tabindex: "0" } });
  #answer = element("div", { attributes: { hidden: "" } }, [this.#label, this.#result]);
  #drawn = "";

  /** @param {Tool} tool */
  constructor({ callId, name, arguments: json }) {
    this.node = element("details", { className: "tool", data: { callId, tool: name } }, [
      element("summary", {}, [
        element("span", { className: "tool-name", text: name }),
        element("span", { className: "tool-preview", text: json }),
        this.#state,
        this.#outcome,
      ]),
      element("div", { className: "tool-body" }, [
        element("p", { className: "tool-label", text: t("tool.arguments") }),
        element("pre", { className: "tool-arguments", text: pretty(json), attributes: { tabindex: "0" } }),
        this.#answer,
      ]),
    ]);
  }

  /**
   * @param {Tool} tool
   * @param {"approval" | "decision"} [asked] what a person is asked about the call
   */
  update({ result, isError }, asked) {
    const state = stateOf(result, isError, asked);
    const text = t(`tool.${state === "waiting" ? asked : state}`);
    if (text === this.#drawn) return;
    this.#drawn = text;
    this.node.dataset.state = state;
    this.#state.textContent = text;
    this.#answer.hidden = this.#outcome.hidden = result === undefined;
    this.#label.textContent = t(isError ? "tool.error" : "tool.result");
    this.#outcome.textContent = result ?? "";
    this.#result.textContent = pretty(result ?? "");
  }
}

function stateOf(result, isError, asked) {
  if (result === undefined) return asked ? "waiting" : "running";
  return isError ? "failed" : "done";
}

/** Returns JSON with line breaks and indentation, and any other text unchanged. */
function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
