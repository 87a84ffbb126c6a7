/** @typedef {import("./commands.js").Author} Author */

/**
 * A link by which a conversation is shared, without its token.
 *
 * @typedef {object} Share
 * @property {string} shareId
 * @property {"view" | "steer"} access the rights of those who come by it
 * @property {string} createdAt ISO 8601
 * @property {string} [expiresAt] ISO 8601; missing if only a revocation ends it
 * @property {number} visits how often somebody has joined by it
 * @property {{author: Author, cameAt: string}[]} visitors the people with a name who came last, newest first
 */

/**
 * Who is here.
 *
 * @typedef {object} Presence
 * @property {number} viewers how many viewers take part
 * @property {number} typing how many people type
 * @property {{author: Author, typing: boolean}[]} [people] each once; missing if there are too many
 */

/** @returns {Share} */
export function shareOf({ share_id: shareId, access, created_at: createdAt, expires_at: expiresAt, visits, visitors }) {
  const share = { shareId, access, createdAt, visits, visitors: visitors.map(visitorOf) };
  return expiresAt === undefined ? share : { ...share, expiresAt };
}

/** @returns {Presence} */
export function presenceOf({ viewers, typing, people }) {
  const presence = { viewers, typing };
  if (people === undefined) return presence;
  return { ...presence, people: people.map(({ author, typing: types = false }) => ({ author, typing: types })) };
}

function visitorOf({ author, came_at: cameAt }) {
  return { author, cameAt };
}
