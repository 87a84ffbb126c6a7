/**
 * A text that mostly grows. Appending does not touch the existing text, so a selection in it survives and the
 * layout has less work.
 */
export class GrowingText {
  node = document.createTextNode("");

  /** @param {string} text */
  show(text) {
    const drawn = this.node.data;
    if (text === drawn) return;
    if (text.startsWith(drawn)) this.node.appendData(text.slice(drawn.length));
    else this.node.data = text;
  }
}
