import { isSafe, targetOf } from "../inline/addresses.js";

const DEFINITION =
  /^\[((?:[^[\]\\]|\\.){1,999})\]:[ \t]*(?:<([^<>]*)>|([^\s<]\S*))(?:[ \t]+("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\((?:[^()\\]|\\.)*\)))?[ \t]*$/;

/**
 * Reads a definition that links can refer to, where it leads somewhere that a link may lead.
 *
 * @param {string} line
 * @returns {{label: string, address: string, title: string, target: import("../inline/addresses.js").Target} | null}
 */
export function definitionOf(line) {
  if (line[0] !== "[") return null;
  const found = DEFINITION.exec(line);
  if (!found?.[1].trim()) return null;
  const [, label, pointed, bare, title = ""] = found;
  const address = pointed ?? bare;
  const target = targetOf(address, title.slice(1, -1));
  return isSafe(target.href) ? { label, address, title, target } : null;
}
