const TAB = 4;

/** A line that is read from its beginning on, with tabs that reach to the next column that 4 divides. */
export class Line {
  text;
  offset = 0;
  column = 0;
  /** The columns of the current tab that are already consumed. */
  #ofTab = 0;

  /** @param {string} text without its end */
  constructor(text) {
    this.text = text;
  }

  /** @returns {number} columns of white space that follow */
  get indent() {
    let column = this.column;
    for (let at = this.offset; ; at++) {
      if (this.text[at] === " ") column++;
      else if (this.text[at] === "\t") column += TAB - (column % TAB);
      else return column - this.column;
    }
  }

  get isBlank() {
    return this.textStart === this.text.length;
  }

  /** @returns {number} the index of the next character that is not white space */
  get textStart() {
    let at = this.offset;
    while (this.text[at] === " " || this.text[at] === "\t") at++;
    return at;
  }

  /** @returns {string} from the next character on that is no white space */
  get trimmed() {
    return this.text.slice(this.textStart);
  }

  /** @returns {string} what has not been read; the rest of a tab that has been read in part is spaces */
  get rest() {
    if (this.#ofTab === 0) return this.text.slice(this.offset);
    return " ".repeat(TAB - (this.column % TAB)) + this.text.slice(this.offset + 1);
  }

  /** @param {number} columns of white space to read, as far as there are */
  skipColumns(columns) {
    for (let left = columns; left > 0; ) {
      const character = this.text[this.offset];
      if (character !== " " && character !== "\t") return;
      const width = character === "\t" ? TAB - (this.column % TAB) : 1;
      const taken = Math.min(width, left);
      this.column += taken;
      left -= taken;
      this.#ofTab = taken < width ? this.#ofTab + taken : 0;
      if (taken === width) this.offset++;
    }
  }

  /** Reads the white space that follows. */
  skipIndent() {
    this.skipColumns(this.indent);
  }

  /** @param {number} count of characters other than tabs */
  skip(count) {
    this.offset += count;
    this.column += count;
  }
}
