import { byId } from "../dom.js";
import { goToStart } from "../route.js";
import { onShortcut, press } from "../shortcuts.js";

/**
 * The page's shortcuts, and the dialog that lists them.
 *
 * @param {import("./sidebar.js").Sidebar} sidebar
 */
export function offerShortcuts(sidebar) {
  const dialog = byId("shortcuts");
  byId("show-shortcuts").addEventListener("click", () => dialog.showModal());
  // A click beside it lands on the dialog itself, one within on what it contains.
  dialog.addEventListener("click", ({ target }) => {
    if (target === dialog) dialog.close();
  });
  onShortcut({
    KeyN: goToStart,
    KeyL: () => sidebar.open(),
    KeyI: focusField,
    KeyJ: () => press(byId("jump")),
    KeyP: () => press(byId("pause")),
    KeyS: () => press(byId("stop")),
    KeyK: () => (dialog.open ? dialog.close() : dialog.showModal()),
  });
}

/** The field that matters most of those that are there. */
function focusField() {
  for (const id of ["topic", "answer", "say"]) {
    if (byId(id).checkVisibility()) return byId(id).focus();
  }
}
