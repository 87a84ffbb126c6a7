/**
 * Keys by their place on the keyboard, since Alt writes other letters on some. All take Alt: letters
 * alone belong to the reader's screen reader.
 *
 * @param {Record<string, () => void>} actions by `KeyboardEvent.code`
 */
export function onShortcut(actions) {
  addEventListener("keydown", (event) => {
    const { altKey, ctrlKey, metaKey, shiftKey, isComposing, code } = event;
    if (!altKey || ctrlKey || metaKey || shiftKey || isComposing || !Object.hasOwn(actions, code)) return;
    event.preventDefault();
    actions[code]();
  });
}

/**
 * What a button does that is there and may be pressed.
 *
 * @param {HTMLElement} button
 */
export function press(button) {
  if (button.checkVisibility()) button.click();
}
