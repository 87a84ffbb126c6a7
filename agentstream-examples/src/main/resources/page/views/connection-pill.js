import { announce } from "../announcer.js";
import { byId } from "../dom.js";
import { t } from "../i18n/i18n.js";

/**
 * Shows how the connection is, from its next change on, with a countdown while it waits to come back.
 *
 * @param {import("/agentstream/index.js").AgentstreamConnection} connection
 */
export function showConnection(connection) {
  const pill = byId("connection");
  const text = byId("connection-text");
  const retry = byId("retry");
  let countdown;

  connection.addEventListener("state", ({ detail }) => show(detail));
  retry.addEventListener("click", () => {
    if (connection.state.state === "closed") connection.connect();
    else connection.retryNow();
  });

  function show({ state, retryAt }) {
    clearInterval(countdown);
    const before = pill.dataset.state;
    pill.dataset.state = state;
    retry.hidden = state !== "reconnecting" && state !== "closed";
    retry.textContent = t(state === "closed" ? "connection.again" : "connection.retry");
    if (state === "reconnecting") countDown(retryAt);
    else text.textContent = t(`connection.${state}`);
    if (state === "reconnecting" && before === "open") announce(t("connection.lost"));
    if (state === "closed") announce(text.textContent);
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
