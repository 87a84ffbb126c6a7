/** A tap makes its click a little after the finger has left the screen. */
const TAP_MS = 300;

/**
 * Tells whether the reader presses something in an area. A browser makes a click of a press and a release only if both
 * meet the same element, so nothing may be moved or replaced in between.
 *
 * Events: `released`.
 */
export class Press extends EventTarget {
  #isHeld = false;

  /**
   * @param {Element} area
   * @param {string} [pressed] a selector for the elements in it that count
   */
  constructor(area, pressed = "*") {
    super();
    area.addEventListener("pointerdown", ({ button, target }) => {
      if (button === 0 && target.closest(pressed)) this.#isHeld = true;
    });
    addEventListener("pointerup", ({ pointerType }) => {
      if (pointerType === "mouse") this.#release();
      else setTimeout(() => this.#release(), TAP_MS);
    });
    // After these, no release follows.
    for (const type of ["pointercancel", "contextmenu", "blur"]) addEventListener(type, () => this.#release());
  }

  get isHeld() {
    return this.#isHeld;
  }

  #release() {
    if (!this.#isHeld) return;
    this.#isHeld = false;
    this.dispatchEvent(new Event("released"));
  }
}
