import { isComposing } from "./keys.js";

const WRITTEN_IN = "textarea, input:not([type=checkbox], [type=radio])";

/**
 * Keys by their position on the keyboard, because Alt produces other letters on some. All shortcuts use Alt,
 * because screen readers use single letters.
 *
 * @param {Record<string, () => void>} actions by `KeyboardEvent.code`
 */
export function onShortcut(actions) {
  addEventListener("keydown", (event) => {
    const { altKey, ctrlKey, metaKey, shiftKey, code } = event;
    if (!altKey || ctrlKey || metaKey || shiftKey || isComposing(event) || !Object.hasOwn(actions, code)) return;
    if (writesAnotherLetter(event)) return;
    event.preventDefault();
    actions[code]();
  });
}

/** On a Mac, Alt is how one types “ß” or begins an accent: whoever writes means the letter. */
function writesAnotherLetter({ target, key, code }) {
  return target instanceof Element && target.matches(WRITTEN_IN) && `Key${key.toUpperCase()}` !== code;
}

/**
 * Presses a button if it is visible and enabled.
 *
 * @param {HTMLElement} button
 */
export function press(button) {
  if (button.checkVisibility()) button.click();
}
