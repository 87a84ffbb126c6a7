import { byId, showText } from "../dom.js";
import { t } from "../i18n/i18n.js";

/** @typedef {import("../sign-in/session.js").Session} Session */

/** A line of the server's list of tokens, which people copy whole. */
const WITH_USER = /^[^:\s]+:\S+$/;

/** The view in which the reader enters a token: before anything else, or before the last token expires. */
export class SignInView {
  #session;
  #view = byId("sign-in-view");
  #form = byId("sign-in-form");
  #why = byId("sign-in-why");
  #field = byId("token");
  #reveal = byId("show-token");
  #stay = byId("stay");
  #error = byId("sign-in-error");
  #submit = byId("sign-in");
  #later = byId("sign-in-later");

  /**
   * @param {Session} session
   * @param {() => void} onLater the reader does not want to now
   */
  constructor(session, onLater) {
    this.#session = session;
    this.#form.addEventListener("submit", (event) => this.#onSubmit(event));
    this.#field.addEventListener("input", () => this.#fault(""));
    this.#reveal.addEventListener("click", () => this.#showToken(this.#field.type === "password"));
    this.#later.addEventListener("click", onLater);
    session.addEventListener("change", () => this.#draw());
    session.addEventListener("refused", ({ detail }) => this.#onRefused(detail));
  }

  show() {
    const isNew = this.#view.hidden;
    this.#view.hidden = false;
    this.#draw();
    if (isNew) this.#field.focus({ preventScroll: true });
  }

  hide() {
    if (this.#view.hidden) return;
    this.#view.hidden = true;
    this.#field.value = "";
    this.#showToken(false);
    this.#fault("");
  }

  #draw() {
    const { why, state, isSigningIn } = this.#session;
    showText(this.#why, why ? t(`signIn.${why}`) : "");
    this.#later.hidden = state !== "signedIn";
    this.#field.readOnly = isSigningIn;
    this.#submit.disabled = isSigningIn;
    this.#submit.textContent = t(isSigningIn ? "signIn.signingIn" : "signIn.submit");
  }

  #onSubmit(event) {
    event.preventDefault();
    const token = this.#field.value.trim();
    if (this.#session.isSigningIn) return;
    if (token === "") return this.#fault(t("signIn.empty"));
    this.#fault("");
    this.#showToken(false);
    this.#session.signIn(token, this.#stay.checked);
  }

  #onRefused({ token, reason }) {
    this.#fault(t(reason === "wrong" && WITH_USER.test(token) ? "signIn.wrongPair" : `signIn.${reason}`));
  }

  /** The typed text stays, so that it can be checked and corrected. */
  #fault(text) {
    showText(this.#error, text);
    this.#field.setAttribute("aria-invalid", String(text !== ""));
    if (text) this.#field.focus();
  }

  #showToken(shown) {
    this.#field.type = shown ? "text" : "password";
    this.#reveal.setAttribute("aria-pressed", String(shown));
    this.#reveal.textContent = t(shown ? "signIn.hide" : "signIn.show");
  }
}
