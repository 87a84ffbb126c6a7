import { KeptToken } from "./kept-token.js";

/** @typedef {import("/agentstream/index.js").AgentstreamConnection} AgentstreamConnection */
/** @typedef {import("/agentstream/connection.js").Welcome} Welcome */

/**
 * `unknown` lasts until the server has said something; it asks nobody who they are (`anonymous`), knows the reader by
 * a token of this page (`signedIn`) or by the login of a proxy or a cookie (`elsewhere`), or takes no command before
 * there is a token (`signedOut`).
 *
 * @typedef {"unknown" | "anonymous" | "signedIn" | "elsewhere" | "signedOut"} SessionState
 */

const EXPIRED = 4001;
const NOT_AUTHENTICATED = 4500;

/**
 * The reader's sign-in, and the token for it.
 *
 * Events: `change`; `left` when the reader has signed out, here or in another tab; `refused` (detail:
 * `{token, reason}`) when the token that was just given is not taken: the server does not know it (`wrong`), or
 * it is the one that is about to end (`same`).
 */
export class Session extends EventTarget {
  #kept = new KeptToken();
  /** @type {AgentstreamConnection} */
  #connection;
  /** @type {SessionState} */
  #state = "unknown";
  /** @type {{token: string, stay: boolean} | null} given, and not yet taken by the server */
  #given = null;
  /** True if the server has requested a token on this connection. */
  #asked = false;
  #expired = false;
  /** @type {string | null} */
  #expiresAt = null;
  #why = "";

  /** Returns the token for a connection, if the server requests one. */
  get token() {
    return this.#given?.token ?? this.#kept.value;
  }

  get state() {
    return this.#state;
  }

  /** @returns {"" | "refused" | "expired"} why the reader has to sign in who was signed in before */
  get why() {
    return this.#why;
  }

  /** @returns {string | null} ISO 8601, when the authentication ends; null unless that is soon */
  get expiresAt() {
    return this.#expiresAt;
  }

  /** True while the server checks a token. */
  get isSigningIn() {
    return this.#given !== null;
  }

  /** @param {AgentstreamConnection} connection that sends this session's token */
  attend(connection) {
    this.#connection = connection;
    connection.addEventListener("welcome", ({ detail }) => this.#onWelcome(detail));
    connection.addEventListener("state", ({ detail }) => this.#onConnection(detail));
    connection.addEventListener("authexpiring", ({ detail }) => {
      this.#expiresAt = detail.expiresAt;
      this.#changed();
    });
    this.#kept.onOtherTab((token) => {
      if (token && this.#state === "signedOut") connection.connect();
      if (!token && this.#state === "signedIn") this.#leave();
    });
  }

  /**
   * @param {string} token
   * @param {boolean} stay whether the sign-in outlives the tab
   */
  signIn(token, stay) {
    const isOpen = this.#connection.state.state === "open";
    if (isOpen && token === this.#kept.value) return this.#refuse(token, "same");
    this.#given = { token, stay };
    this.#changed();
    if (isOpen) void this.#connection.authenticate();
    else this.#connection.connect();
    this.#connection.retryNow();
  }

  signOut() {
    this.#kept.clear();
    this.#leave();
  }

  #leave() {
    this.#given = null;
    this.#state = "signedOut";
    this.#connection.close();
    this.dispatchEvent(new Event("left"));
    this.#changed();
  }

  /** @param {Welcome} welcome */
  #onWelcome({ authenticated, authenticate_within_ms: asks }) {
    this.#asked ||= asks !== undefined;
    if (!authenticated) {
      if (!this.#asked) this.#enter("anonymous");
      return;
    }
    if (this.#given) this.#kept.keep(this.#given.token, this.#given.stay);
    const byToken = this.#asked || this.#given !== null || this.#state === "signedIn";
    this.#given = null;
    this.#expired = false;
    this.#expiresAt = null;
    this.#why = "";
    this.#enter(byToken ? "signedIn" : "elsewhere");
  }

  #onConnection({ state, code }) {
    if (code === EXPIRED) this.#expired = true;
    if (state === "connecting") this.#asked = false;
    if (state === "reconnecting") this.#expiresAt = null;
    if (state === "closed" && code === NOT_AUTHENTICATED) this.#onRefused();
  }

  #onRefused() {
    this.#expiresAt = null;
    // While it was signed in the server takes no token of another user; on a connection of its own it does.
    if (this.#given && this.#state === "signedIn") {
      this.#kept.forget();
      this.#state = "unknown";
      this.#connection.connect();
      return;
    }
    if (!this.#asked) return this.#enter("unknown");
    if (this.#given) {
      const { token } = this.#given;
      this.#given = null;
      this.#enter("signedOut");
      return this.#refuse(token, "wrong");
    }
    if (this.#kept.value) this.#why = this.#expired ? "expired" : "refused";
    this.#kept.forget();
    this.#enter("signedOut");
  }

  #refuse(token, reason) {
    this.dispatchEvent(new CustomEvent("refused", { detail: { token, reason } }));
  }

  #enter(state) {
    this.#state = state;
    this.#changed();
  }

  #changed() {
    this.dispatchEvent(new Event("change"));
  }
}
