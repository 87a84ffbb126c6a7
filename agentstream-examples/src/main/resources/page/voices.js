import { element } from "./dom.js";
import { keptInTab } from "./kept.js";
import { personColour } from "./people.js";
import { icon } from "./views/icon.js";

const PALETTE_SIZE = 8;
const KEY = "agentstream.voices";

/** In order of first sight, so that the first eight never share a colour; kept so that a reload does not reshuffle. */
const known = stored();

/** The colours that were chosen for agents, by name. */
let colours = new Map();

/** @param {{name: string, colour?: number}[]} agents */
export function useColours(agents) {
  colours = new Map(agents.map(({ name, colour }) => [name, colour]));
}

/**
 * @param {string} name of an agent
 * @returns {string} which colour of the palette is this agent's
 */
export function voiceOf(name) {
  const given = colours.get(name);
  if (given !== undefined) return String(given);
  if (!known.includes(name)) {
    known.push(name);
    keptInTab.set(KEY, JSON.stringify(known));
  }
  return String(known.indexOf(name) % PALETTE_SIZE);
}

/** @param {string} name */
export function avatar(name) {
  return element("span", {
    className: "avatar",
    text: initials(name),
    data: { voice: voiceOf(name) },
    attributes: { "aria-hidden": "true" },
  });
}

/** A head and shoulders: no agent has a picture. */
const BUST = "M8 8.2a2.6 2.6 0 1 0 0-5.2a2.6 2.6 0 0 0 0 5.2zM3.4 13.4c.5-2.3 2.3-3.6 4.6-3.6s4.1 1.3 4.6 3.6";

/**
 * Returns the picture of a participant: of an agent its initials, of a person an outline.
 *
 * @param {string} name
 * @param {string[]} [people] those of the participants that are people
 */
export function participantAvatar(name, people = []) {
  if (!people.includes(name)) return avatar(name);
  const data = { person: personColour(name) };
  return element("span", { className: "avatar", data, attributes: { "aria-hidden": "true" } }, [icon(BUST)]);
}

/** Two letters of two words, one of one word, one character of a Chinese name. */
function initials(name) {
  const words = name.split(/[\s_-]+/).filter(Boolean);
  return words
    .slice(0, 2)
    .map((word) => [...word][0].toUpperCase())
    .join("");
}

function stored() {
  try {
    return JSON.parse(keptInTab.get(KEY) ?? "[]");
  } catch {
    return [];
  }
}

