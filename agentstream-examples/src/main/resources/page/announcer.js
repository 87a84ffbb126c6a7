import { byId, element } from "./dom.js";
import { t } from "./i18n/i18n.js";

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
 * Announces each message once it is whole, if it was being said while this page looked on.
 *
 * @param {import("/agentstream/index.js").ConversationStore} store
 */
export function announceMessages(store) {
  const underWay = new WeakSet();
  store.addEventListener("entry", ({ detail: { entry } }) => {
    if (entry.kind === "ended") announce(t(`ended.${entry.reason}`));
    if (entry.kind !== "message") return;
    if (entry.state === "streaming") underWay.add(entry);
    else if (underWay.delete(entry)) announce(t("announce.message", { name: entry.sender, text: entry.content }));
  });
}
