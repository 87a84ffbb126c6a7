import { byId, element } from "../dom.js";
import { avatar, voiceOf } from "../voices.js";

/** Who takes part, and who of them has the floor. */
export class Participants {
  #list = byId("participants");
  #drawn = "";

  /**
   * @param {string[]} agents
   * @param {string | null} speaker
   */
  show(agents, speaker) {
    const names = agents.join("\n");
    if (names !== this.#drawn) this.#list.replaceChildren(...agents.map(participant));
    this.#drawn = names;
    for (const item of this.#list.children) item.toggleAttribute("data-speaking", item.dataset.agent === speaker);
  }
}

function participant(name) {
  return element("li", { className: "participant", data: { agent: name, voice: voiceOf(name) } }, [
    avatar(name),
    element("span", { text: name }),
  ]);
}
