import { formatNumber, t } from "./i18n/i18n.js";

/** The size of the rest of a message on the wire: its type and its ids. */
const ENVELOPE_BYTES = 256;
const BYTES_PER_KB = 1_024;

/** The server's limits, which it sends on each connection, so that they are known before anything is sent. */
export class Bounds {
  #limits;

  /** @param {() => Partial<import("/agentstream/connection.js").Welcome["limits"]> | undefined} limits of the last welcome */
  constructor(limits) {
    this.#limits = limits;
  }

  get maxAgents() {
    return this.#limits()?.max_agents ?? Infinity;
  }

  get maxRounds() {
    return this.#limits()?.max_rounds ?? Infinity;
  }

  /**
   * @param {string} topic
   * @returns {string} why it cannot be sent; empty where it can
   */
  topicFault(topic) {
    const most = this.#limits()?.max_topic_chars ?? Infinity;
    if (topic.length <= most) return this.messageFault(topic);
    return t("start.topicTooLong", { length: formatNumber(topic.length), most: formatNumber(most) });
  }

  /**
   * @param {number} rounds
   * @returns {string} why they cannot be asked for; empty where they can
   */
  roundsFault(rounds) {
    return rounds > this.maxRounds ? t("start.tooManyRounds", { most: formatNumber(this.maxRounds) }) : "";
  }

  /**
   * @param {number} agents how many
   * @returns {string} why they cannot all join; empty where they can
   */
  agentsFault(agents) {
    return agents > this.maxAgents ? t("start.tooManyAgents", { most: formatNumber(this.maxAgents) }) : "";
  }

  /**
   * @param {string} text
   * @returns {string} why it cannot be sent; empty where it can
   */
  messageFault(text) {
    const most = (this.#limits()?.max_message_bytes ?? Infinity) - ENVELOPE_BYTES;
    // No character takes more bytes than this one does, written as \u0000.
    if (text.length * 6 <= most) return "";
    const bytes = new TextEncoder().encode(JSON.stringify(text)).length;
    if (bytes <= most) return "";
    return t("say.tooLong", { size: kilobytes(Math.ceil, bytes), most: kilobytes(Math.floor, most) });
  }
}

function kilobytes(round, bytes) {
  return formatNumber(round((bytes / BYTES_PER_KB) * 10) / 10);
}
