import { byId, element } from "../dom.js";
import { avatar, voiceOf } from "../voices.js";

/** The participants, and which of them are speaking. */
export class Participants {
  #list = byId("participants");
  #drawn = "";

  /**
   * @param {string[]} agents
   * @param {import("/agentstream/conversation.js").MessageEntry[]} speaking
   */
  show(agents, speaking) {
    const names = agents.join("\n");
    if (names !== this.#drawn) this.#list.replaceChildren(...agents.map(participant));
    this.#drawn = names;
    // Of a nested team it is the team that takes part here.
    const active = new Set(speaking.map(({ sender, agentPath }) => agentPath?.[0] ?? sender));
    for (const item of this.#list.children) item.toggleAttribute("data-speaking", active.has(item.dataset.agent));
  }
}

function participant(name) {
  return element("li", { className: "participant", data: { agent: name, voice: voiceOf(name) } }, [
    avatar(name),
    element("span", { text: name }),
  ]);
}
