/**
 * Where the reader is, kept in the address so that a reload or a shared link leads back: `#/` is the
 * start, `#/c/ID` a conversation.
 *
 * @returns {{conversationId: string | null}}
 */
export function currentRoute() {
  const match = /^#\/c\/([\w-]+)$/.exec(location.hash);
  return { conversationId: match?.[1] ?? null };
}

/** @param {(route: {conversationId: string | null}) => void} listener */
export function onRoute(listener) {
  addEventListener("hashchange", () => listener(currentRoute()));
}

/** @param {string} conversationId */
export function addressOf(conversationId) {
  return `#/c/${conversationId}`;
}

/** @param {string} conversationId */
export function goToConversation(conversationId) {
  location.hash = addressOf(conversationId);
}

export function goToStart() {
  location.hash = "#/";
}
