import { decodeHTMLStrict } from "../../libraries.js";

const ENTITY = /&(?:#[xX][\da-fA-F]{1,6}|#\d{1,7}|[a-zA-Z][a-zA-Z\d]{1,31});/y;

/** @param {string} entity */
export const decodeEntity = decodeHTMLStrict;

/**
 * @param {string} text
 * @param {number} at
 * @returns {string} the text of an entity at this position, known or not; may be empty
 */
export function entityAt(text, at) {
  ENTITY.lastIndex = at;
  return ENTITY.exec(text)?.[0] ?? "";
}
