/**
 * The current view, stored in the address so that a reload or a shared link leads back to it: `#/` is the
 * start, `#/c/ID` a conversation, `#/c/ID/s/TOKEN` a conversation to which somebody has given a link.
 *
 * @typedef {object} Route
 * @property {string | null} conversationId
 * @property {string | undefined} shareToken the token of the link
 * @property {boolean} isBroken whether the address is meant to lead somewhere and does not
 */

/** An id, and what a sentence, a messenger or a campaign has put around it. */
const CONVERSATION = /^#\/c\/[^\w-]*([\w-]+)(?:[^\w-].*)?$/su;
const SHARED = /^#\/c\/[\w-]+\/s\/([\w-]{20,128})/u;
const START = /^#?\/?$/u;

/** @returns {Route} */
export function currentRoute() {
  const address = readable(location.hash);
  const conversationId = CONVERSATION.exec(address)?.[1] ?? null;
  const shareToken = SHARED.exec(address)?.[1];
  return { conversationId, shareToken, isBroken: conversationId === null && !START.test(address) };
}

/** @param {(route: Route) => void} listener */
export function onRoute(listener) {
  tidy();
  addEventListener("hashchange", () => {
    tidy();
    listener(currentRoute());
  });
}

/**
 * @param {string} conversationId
 * @param {string} [shareToken] the token of a link, which a browser sends to no server from here
 */
export function addressOf(conversationId, shareToken) {
  return `#/c/${conversationId}${shareToken ? `/s/${shareToken}` : ""}`;
}

/** @param {string} conversationId */
export function goToConversation(conversationId) {
  location.hash = addressOf(conversationId);
}

export function goToStart() {
  location.hash = "#/";
}

/** Loads the page again, at its start. */
export function startAnew() {
  history.replaceState(null, "", "#/");
  location.reload();
}

/** The address that is copied from here is the plain one. */
function tidy() {
  const { conversationId, shareToken } = currentRoute();
  const plain = conversationId && addressOf(conversationId, shareToken);
  if (plain && plain !== location.hash) history.replaceState(history.state, "", plain);
}

/** Returns the unescaped text, or the text itself if it is not escaped correctly. */
function readable(hash) {
  try {
    return decodeURIComponent(hash);
  } catch {
    return hash;
  }
}
