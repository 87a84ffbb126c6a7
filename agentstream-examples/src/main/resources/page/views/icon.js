const SVG = "http://www.w3.org/2000/svg";

/**
 * Draws an icon of 16 by 16 in the colour of the text around it.
 *
 * @param {string} lines the `d` of an SVG path
 */
export function icon(lines) {
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", lines);
  const node = document.createElementNS(SVG, "svg");
  node.setAttribute("class", "icon");
  node.setAttribute("viewBox", "0 0 16 16");
  node.setAttribute("aria-hidden", "true");
  node.append(path);
  return node;
}
