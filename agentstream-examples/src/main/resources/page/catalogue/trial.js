import { ConversationStore } from "../agentstream/index.js";
import { element, showText, write } from "../dom.js";
import { t } from "../i18n/i18n.js";
import { sends } from "../keys.js";
import { errorText } from "../plain-words.js";
import { button } from "./fields.js";

/** Asks an agent that is not saved one question, in a conversation that goes when the dialog closes. */
export class Trial {
  #connection;
  #definition;
  #store;
  #question = element("input", { attributes: { type: "text", id: "trial-question", maxlength: 2_000, autocomplete: "off" } });
  #answer = element("div", { className: "trial-answer", attributes: { "aria-live": "polite", hidden: "" } });
  #error = element("p", { className: "form-error", attributes: { role: "alert", hidden: "" } });
  #ask = button(t("trial.ask"), () => this.#start());
  #conversationId;

  /**
   * @param {import("/agentstream/connection.js").AgentstreamConnection} connection
   * @param {() => object} definition of the agent as it stands in the form
   */
  constructor(connection, definition) {
    this.#connection = connection;
    this.#definition = definition;
    this.#store = new ConversationStore(connection, { storageKey: "agentstream.trial" });
    this.#store.addEventListener("entry", () => this.#show());
    this.#store.addEventListener("reset", () => this.#show());
    this.#question.placeholder = t("trial.placeholder");
    this.#question.addEventListener("keydown", (event) => {
      if (!sends(event)) return;
      event.preventDefault();
      this.#start();
    });
    const row = element("div", { className: "trial-row" }, [this.#question, this.#ask]);
    this.node = element("div", { className: "form-field trial" }, [
      element("label", { text: t("trial.title"), attributes: { for: "trial-question" } }),
      row,
      this.#error,
      this.#answer,
    ]);
  }

  /** Removes the conversation. */
  end() {
    const id = this.#conversationId;
    this.#conversationId = undefined;
    this.#store.leave();
    // The server removes it by itself where this does not arrive.
    if (id) this.#connection.deleteConversation(id).catch(() => {});
  }

  async #start() {
    const topic = this.#question.value.trim();
    if (!topic || this.#ask.disabled) return;
    this.end();
    showText(this.#error, "");
    this.#ask.disabled = true;
    const agent = { ...this.#definition(), name: this.#definition().name ?? t("trial.nobody") };
    try {
      const definitions = { version: 1, agents: [agent], teams: [] };
      this.#conversationId = await this.#store.start({ topic, agents: [agent.name], maxRounds: 1, definitions });
    } catch (error) {
      showText(this.#error, errorText(error));
    } finally {
      this.#ask.disabled = false;
    }
  }

  #show() {
    const entries = this.#store.conversation?.entries ?? [];
    const said = entries.find(({ kind, role }) => kind === "message" && role === "assistant");
    this.#answer.hidden = !said;
    if (said) write(this.#answer, said.error ? errorText(said.error) : said.content);
  }
}
