/**
 * @param {string} text
 * @returns {Promise<void>} rejects where the browser does not let pages copy
 */
export async function copyText(text) {
  // Over plain http from another host there is no clipboard but the old way.
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const field = document.createElement("textarea");
  field.value = text;
  field.className = "visually-hidden";
  document.body.append(field);
  const before = document.activeElement;
  field.select();
  const copied = document.execCommand("copy");
  field.remove();
  before?.focus({ preventScroll: true });
  if (!copied) throw new Error("The browser does not let this page copy.");
}
