import { t } from "./i18n/i18n.js";
import { keptInTab } from "./kept.js";

/** @typedef {import("/agentstream/commands.js").Author} Author */

const KEY = "agentstream.me";
/** An anonymous reader has another id on each connection. */
const MOST_IDS = 50;
const PALETTE_SIZE = 6;

let mine = stored();
let knowsUsers = false;

/**
 * Takes note of who this reader is.
 *
 * @param {import("/agentstream/index.js").AgentstreamConnection} connection
 */
export function attendPeople(connection) {
  connection.addEventListener("welcome", ({ detail }) => {
    // Nobody yet: the server waits for a token.
    if (detail.authenticate_within_ms !== undefined && !detail.authenticated) return;
    knowsUsers = detail.author !== undefined;
    const id = detail.author?.id ?? detail.connection_id;
    if (!id || mine.at(-1) === id) return;
    mine = [...mine.filter((other) => other !== id), id].slice(-MOST_IDS);
    keptInTab.set(KEY, JSON.stringify(mine));
  });
}

/** Forgets who this reader was, who has signed out. */
export function forgetPeople() {
  mine = [];
}

/** @param {Author} [author] missing if the server does not say who it was */
export function isMine(author) {
  return author === undefined || mine.includes(author.id);
}

/**
 * Returns what a person is called on the page.
 *
 * @param {Author} [author]
 */
export function personName(author) {
  if (isMine(author)) return t("message.you");
  const name = author.name ?? t("people.guest");
  return knowsUsers && !author.verified ? t("people.unverified", { name }) : name;
}

/**
 * Returns which of the people's colours is this person's; the reader has none.
 *
 * @param {Author} [author]
 * @returns {Record<string, string>} for a node's data
 */
export function personData(author) {
  return isMine(author) ? {} : { person: personColour(author.name ?? author.id) };
}

/** @param {string} name of a person, or of a participant who is one */
export function personColour(name) {
  return String(hash(name) % PALETTE_SIZE);
}

/**
 * Returns the participant whose words these are, if a participant's; null for what people say from their own place.
 *
 * @param {import("/agentstream/conversation.js").MessageEntry} message of a person
 */
export function seatOf({ sender }) {
  // An imported past can have words of nobody, of the sender `system`.
  return sender === "user" || sender === "system" ? null : sender;
}

function hash(text) {
  let value = 7;
  for (const character of text) value = (value * 31 + character.codePointAt(0)) % 1_000_003;
  return value;
}

function stored() {
  try {
    return JSON.parse(keptInTab.get(KEY) ?? "[]");
  } catch {
    return [];
  }
}
