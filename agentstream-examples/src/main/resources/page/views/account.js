import { announce } from "../announcer.js";
import { byId, showText } from "../dom.js";
import { formatDuration, t } from "../i18n/i18n.js";

/** @typedef {import("../sign-in/session.js").Session} Session */

const TICK_MS = 1_000;

/**
 * Shows that the reader is signed in, with the way out, and in good time that it ends.
 *
 * @param {Session} session
 * @param {object} options
 * @param {() => number} options.serverNow what the server's clock shows
 * @param {() => void} options.onSignOut
 * @param {() => void} options.onSignInAgain
 */
export function showAccount(session, { serverNow, onSignOut, onSignInAgain }) {
  const ending = byId("ending");
  let announced = null;
  let ticking;
  byId("sign-out").addEventListener("click", onSignOut);
  byId("sign-in-again").addEventListener("click", onSignInAgain);
  session.addEventListener("change", show);
  show();

  function show() {
    const { state, expiresAt } = session;
    byId("account").hidden = state !== "signedIn";
    byId("sign-in-again").hidden = state !== "signedIn";
    clearInterval(ticking);
    ending.hidden = expiresAt === null;
    if (expiresAt === null) return;
    tick();
    ticking = setInterval(tick, TICK_MS);
    if (announced !== expiresAt) announce(byId("ending-text").textContent);
    announced = expiresAt;
  }

  function tick() {
    const time = formatDuration(Date.parse(session.expiresAt) - serverNow());
    const text = t(session.state === "signedIn" ? "signIn.ending" : "signIn.endingElsewhere", { time });
    showText(byId("ending-text"), text);
  }
}
