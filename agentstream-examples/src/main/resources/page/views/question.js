import { byId, element, showText, write } from "../dom.js";
import { Draft } from "../drafts.js";
import { formatDuration, hasText, t } from "../i18n/i18n.js";
import { sends } from "../keys.js";
import { errorText, questionTitle } from "../plain-words.js";
import { promptText } from "../prompts.js";
import { participantAvatar, voiceOf } from "../voices.js";

/** @typedef {import("/agentstream/conversation.js").Conversation} Conversation */
/** @typedef {import("/agentstream/conversation.js").PendingInput} PendingInput */

const TICK_MS = 1_000;
const HURRY_MS = 30_000;

/** A question to the reader: a field, agents to pick from, or a decision, and how long there is for it. */
export class Question {
  #form = byId("question");
  #title = byId("question-title");
  #more = byId("question-more");
  #left = byId("question-left");
  #prompt = byId("question-prompt");
  #choices = byId("question-choices");
  #answer = byId("question-answer");
  #field = byId("answer");
  #draft = new Draft(this.#field);
  #skip = byId("skip-person");
  #send = byId("send-answer");
  #error = byId("question-error");
  /** @type {PendingInput | undefined} */
  #asked;
  #conversationId = "";
  #live = false;
  #people;
  #answering = false;
  /** Whether only somebody else, the owner, may answer. */
  #isOthers = false;
  #ticking;
  #onAnswer;
  #onSkip;
  #onAsked;
  #serverNow;
  #bounds;

  /**
   * @param {object} options
   * @param {(requestId: string, content: string) => Promise<void>} options.onAnswer
   * @param {(requestId: string) => Promise<void>} options.onSkip
   * @param {(question: PendingInput) => void} options.onAsked a question is put to the reader
   * @param {() => number} options.serverNow what the server's clock shows
   * @param {import("../bounds.js").Bounds} options.bounds of what can be sent
   */
  constructor({ onAnswer, onSkip, onAsked, serverNow, bounds }) {
    this.#onAnswer = onAnswer;
    this.#onSkip = onSkip;
    this.#onAsked = onAsked;
    this.#serverNow = serverNow;
    this.#bounds = bounds;
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#reply(this.#field.value.trim());
    });
    this.#choices.addEventListener("click", ({ target }) => {
      const choice = target.closest("[data-choice]");
      if (choice) this.#reply(choice.dataset.choice);
    });
    this.#skip.addEventListener("click", () => this.#settle(this.#onSkip));
    this.#field.addEventListener("keydown", (event) => this.#onKey(event));
    this.#field.addEventListener("input", () => {
      showText(this.#error, this.#bounds.messageFault(this.#field.value.trim()));
      this.#draw();
    });
  }

  /** @param {string} conversationId whose questions follow; those before are put no more */
  turnTo(conversationId) {
    this.#ask(undefined);
    this.#conversationId = conversationId;
  }

  /**
   * @param {PendingInput[]} questions the open ones, of which the first is put
   * @param {Conversation} conversation
   * @param {object} reader
   * @param {boolean} reader.live whether the server can hear
   * @param {boolean} reader.isOwner whether the reader may answer what only the owner may
   */
  show(questions, conversation, { live, isOwner }) {
    const [question] = questions;
    const isOthers = question?.ownerOnly === true && !isOwner;
    this.#live = live;
    this.#people = conversation.people;
    if (question?.requestId !== this.#asked?.requestId) this.#ask(question, isOthers);
    // Whose the conversation is comes after what this tab has stored of it.
    else if (isOthers !== this.#isOthers) this.#offer(isOthers);
    if (question) write(this.#prompt, promptText(question, conversation));
    showText(this.#more, questions.length > 1 ? t("question.more", { count: questions.length - 1 }) : "");
    this.#draw();
  }

  #ask(question, isOthers = false) {
    this.#asked = question;
    this.#answering = false;
    this.#form.hidden = !question;
    this.#draft.resume(question ? `${this.#conversationId} ${question.requestId}` : "");
    showText(this.#error, "");
    clearInterval(this.#ticking);
    if (!question) return;
    this.#form.dataset.kind = question.kind;
    this.#title.textContent = questionTitle(question);
    this.#offer(isOthers);
    this.#tick();
    this.#ticking = setInterval(() => this.#tick(), TICK_MS);
    this.#onAsked(question);
  }

  /** Shows what the reader can do about the question. */
  #offer(isOthers) {
    const { kind, person } = this.#asked;
    const choices = isOthers ? [] : choicesOf(this.#asked);
    this.#isOthers = isOthers;
    this.#choices.replaceChildren(...choices.map((choice) => choiceButton(kind, choice, this.#people)));
    this.#choices.hidden = choices.length === 0;
    this.#answer.hidden = isOthers || choices.length > 0;
    this.#skip.hidden = !person;
    if (person) this.#skip.setAttribute("aria-label", t("question.skipWho", { name: person }));
    showText(this.#error, isOthers ? t("question.owner") : "");
  }

  #tick() {
    const left = Date.parse(this.#asked.expiresAt) - this.#serverNow();
    this.#left.textContent = t("question.left", { time: formatDuration(left) });
    this.#left.toggleAttribute("data-hurry", left < HURRY_MS);
  }

  #draw() {
    const blocked = !this.#live || this.#answering;
    for (const button of this.#choices.children) button.disabled = blocked;
    this.#field.readOnly = this.#answering;
    this.#skip.disabled = blocked;
    this.#send.disabled = blocked || this.#field.value.trim() === "";
  }

  #onKey(event) {
    if (!sends(event)) return;
    event.preventDefault();
    this.#reply(this.#field.value.trim());
  }

  #reply(content) {
    if (content === "" || !this.#live || this.#answering) return;
    const fault = this.#bounds.messageFault(content);
    showText(this.#error, fault);
    if (!fault) this.#settle((requestId) => this.#onAnswer(requestId, content));
  }

  /**
   * Stays closed until the end of the question itself has come about; only a refusal opens it again.
   *
   * @param {(requestId: string) => Promise<void>} command
   */
  async #settle(command) {
    const question = this.#asked;
    if (!question || !this.#live || this.#answering) return;
    const written = this.#field.value.trim();
    const { purpose } = this.#draft;
    const conversationId = this.#conversationId;
    this.#answering = true;
    this.#draft.forget();
    this.#draw();
    try {
      await command(question.requestId);
    } catch (error) {
      if (conversationId !== this.#conversationId && choicesOf(question).length === 0) this.#draft.giveBack(purpose, written);
      if (this.#asked !== question) return;
      this.#answering = false;
      this.#draft.keep();
      showText(this.#error, errorText(error));
      this.#draw();
    }
  }
}

/** @param {PendingInput} question */
function choicesOf({ kind, choices }) {
  return choices ?? (kind === "approval" ? ["approve", "deny"] : []);
}

function choiceButton(kind, choice, people) {
  const attributes = { type: "button" };
  if (kind === "speaker") {
    const data = { choice, voice: voiceOf(choice) };
    const name = element("span", { text: choice });
    return element("button", { className: "choice", data, attributes }, [participantAvatar(choice, people), name]);
  }
  return element("button", {
    className: choice === "approve" ? "primary" : "secondary",
    text: hasText(`choice.${choice}`) ? t(`choice.${choice}`) : choice,
    data: { choice },
    attributes,
  });
}
