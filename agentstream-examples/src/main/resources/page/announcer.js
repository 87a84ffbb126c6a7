import { byId, element } from "./dom.js";
import { t } from "./i18n/i18n.js";
import { pauseText, questionTitle, turnErrorText } from "./plain-words.js";
import { promptText } from "./prompts.js";

/** @typedef {import("/agentstream/index.js").ConversationStore} ConversationStore */
/** @typedef {import("/agentstream/conversation.js").MessageEntry} MessageEntry */

const KEEP = 5;

/**
 * Tells screen readers of whole messages and of changes of state. Tokens would be read as a stutter.
 *
 * @param {string} text
 */
export function announce(text) {
  const region = byId("announcer");
  region.append(element("p", { text }));
  while (region.children.length > KEEP) region.firstChild.remove();
}

/**
 * Announces each message once it is whole, if it was being said while this page looked on; questions,
 * pauses and ends as they come.
 *
 * @param {ConversationStore} store
 */
export function announceConversation(store) {
  const underWay = new WeakSet();
  let heard;
  let asked;
  let paused = false;

  store.addEventListener("entry", ({ detail: { entry } }) => {
    if (entry.kind === "ended") announce(t(`ended.${entry.reason}`));
    if (entry.kind !== "message") return;
    if (entry.state === "streaming") underWay.add(entry);
    else if (underWay.delete(entry)) announce(wholeMessage(entry));
  });
  for (const type of ["change", "reset"]) store.addEventListener(type, tellState);

  function tellState() {
    if (store.conversation?.conversationId !== heard) listenTo(store.conversation);
    const question = store.conversation?.pendingInputs[0];
    if (question && question.requestId !== asked) {
      announce(`${questionTitle(question)} ${promptText(question, store.conversation)}`);
    }
    asked = question?.requestId;
    const now = store.conversation?.paused ?? false;
    if (now !== paused) announce(now ? pauseText(store.conversation) : t("announce.unpaused"));
    paused = now;
  }

  /** Ids of questions are unique only within a conversation, and no pause of another one ends here. */
  function listenTo(conversation) {
    heard = conversation?.conversationId;
    asked = undefined;
    paused = false;
  }
}

/** @param {MessageEntry} message */
function wholeMessage({ sender, content, error, finishReason }) {
  const text = content || (error && turnErrorText(error)) || t(`finish.${finishReason}`);
  return t("announce.message", { name: sender, text });
}
