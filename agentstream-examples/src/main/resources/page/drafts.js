/**
 * Keeps what is being written in a field over a reload of the tab.
 *
 * @param {HTMLTextAreaElement} field
 * @returns {() => void} forgets it
 */
export function keepDraft(field) {
  const key = `agentstream.draft.${field.id}`;
  try {
    field.value ||= sessionStorage.getItem(key) ?? "";
    field.addEventListener("input", () => sessionStorage.setItem(key, field.value));
    return () => sessionStorage.removeItem(key);
  } catch {
    // Where nothing may be kept, a reload loses the draft.
    return () => {};
  }
}
