import { keptHere } from "../kept.js";

/** @typedef {import("/agentstream/connection.js").ConversationSummary} ConversationSummary */

const KEY = "agentstream.started";
const MOST = 50;
const KEEP_MS = 24 * 3_600_000;

/**
 * The conversations that were started in this browser, for servers that list none. Where a server
 * knows its viewers, the next one at this browser is not to read what the last one talked about:
 * nothing is kept.
 */
export class StartedHere {
  #keeps = false;
  #now;

  /** @param {() => number} now what the server's clock shows, by which conversations began */
  constructor(now) {
    this.#now = now;
  }

  /** @param {boolean} authenticated whether the server knows who the viewer is */
  heed(authenticated) {
    this.#keeps = !authenticated;
    if (authenticated) keptHere.remove(KEY);
  }

  /** @returns {ConversationSummary[]} */
  get all() {
    if (!this.#keeps) return [];
    const oldest = this.#now() - KEEP_MS;
    return this.#stored().filter(({ createdAt }) => Date.parse(createdAt) > oldest);
  }

  /** @param {ConversationSummary} summary */
  add(summary) {
    const others = this.all.filter(({ conversationId }) => conversationId !== summary.conversationId);
    this.#store([summary, ...others].slice(0, MOST));
  }

  /**
   * Keeps what has become of a conversation, if it was started here.
   *
   * @param {{conversationId: string, topic: string, state: ConversationSummary["state"]}} conversation
   */
  update({ conversationId, topic, state }) {
    if (topic !== "") this.#change(conversationId, { topic, state });
  }

  /**
   * @param {string} conversationId
   * @param {string} title
   */
  rename(conversationId, title) {
    this.#change(conversationId, { title });
  }

  /** @param {string} gone */
  remove(gone) {
    this.#store(this.all.filter(({ conversationId }) => conversationId !== gone));
  }

  /** Writes only what is new, because a shown conversation changes many times a second. */
  #change(conversationId, changes) {
    const all = this.all;
    const known = all.find((summary) => summary.conversationId === conversationId);
    if (!known || Object.entries(changes).every(([key, value]) => known[key] === value)) return;
    Object.assign(known, changes);
    this.#store(all);
  }

  #stored() {
    try {
      const stored = JSON.parse(keptHere.get(KEY) ?? "[]");
      // Another page of this origin may have written there.
      return Array.isArray(stored) ? stored.filter((summary) => typeof summary?.conversationId === "string") : [];
    } catch {
      return [];
    }
  }

  #store(all) {
    if (this.#keeps) keptHere.set(KEY, JSON.stringify(all));
  }
}
