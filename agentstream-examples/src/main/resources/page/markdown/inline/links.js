import { isSafe } from "./addresses.js";

/**
 * @param {import("./addresses.js").Target} target
 * @param {import("../shapes.js").Shape[]} children
 * @returns {import("../shapes.js").ElementShape | null} null where the target is none to go to
 */
export function linkShape({ href, title }, children) {
  if (!isSafe(href)) return null;
  const attributes = { href, ...(title ? { title } : {}), target: "_blank", rel: "noopener noreferrer" };
  return { tag: "a", attributes, children };
}
