import { announce } from "../announcer.js";
import { byId } from "../dom.js";
import { t } from "../i18n/i18n.js";

const CAUGHT_UP_MS = 4_000;

/**
 * Shows how the connection is, from its next change on, with a countdown while it waits to come back.
 *
 * @param {import("/agentstream/index.js").AgentstreamConnection} connection
 * @param {import("/agentstream/index.js").ConversationStore} store whose catching up it shows
 * @param {import("../sign-in/session.js").Session} session which has its own way to connect again
 */
export function showConnection(connection, store, session) {
  const pill = byId("connection");
  const text = byId("connection-text");
  const retry = byId("retry");
  let countdown;
  let caughtUp;
  let behind = false;

  connection.addEventListener("state", ({ detail }) => show(detail));
  store.addEventListener("caughtup", showCaughtUp);
  store.addEventListener("sync", ({ detail: { sync } }) => {
    if (behind && (sync === "none" || sync === "gone" || sync === "failed")) settle();
  });
  retry.addEventListener("click", () => {
    if (connection.state.state === "closed") connection.connect();
    else connection.retryNow();
  });

  function show({ state, retryAt }) {
    clearInterval(countdown);
    clearTimeout(caughtUp);
    delete pill.dataset.caughtUp;
    if (state === "reconnecting" || state === "closed") behind = store.conversation !== null && store.sync !== "gone";
    const before = pill.dataset.state;
    pill.dataset.state = state;
    const signedOut = state === "closed" && session.state === "signedOut";
    pill.toggleAttribute("data-signed-out", signedOut);
    retry.hidden = signedOut || (state !== "reconnecting" && state !== "closed");
    retry.textContent = t(state === "closed" ? "connection.again" : "connection.retry");
    if (state === "reconnecting") countDown(retryAt);
    else if (state === "open") text.textContent = t(behind ? "connection.catchingUp" : openText());
    else text.textContent = t(signedOut ? "connection.signedOut" : `connection.${state}`);
    if (state === "reconnecting" && before === "open") announce(t("connection.lost"));
    if (state === "closed") announce(text.textContent);
  }

  function showCaughtUp() {
    if (!behind) return;
    settle();
    pill.dataset.caughtUp = "";
    text.textContent = t("connection.caughtUp");
    announce(text.textContent);
    caughtUp = setTimeout(settle, CAUGHT_UP_MS);
  }

  function settle() {
    behind = false;
    delete pill.dataset.caughtUp;
    if (connection.state.state === "open") text.textContent = t(openText());
  }

  /** Without a WebSocket everything works, only less directly, so the text alone says so. */
  function openText() {
    return connection.state.transport === "http" ? "connection.openOverHttp" : "connection.open";
  }

  function countDown(retryAt) {
    const tick = () => {
      const seconds = Math.max(1, Math.ceil((retryAt - Date.now()) / 1000));
      text.textContent = t("connection.reconnecting", { seconds });
    };
    tick();
    countdown = setInterval(tick, 250);
  }
}
