/**
 * The bounds for parsing in one animation frame, in total and for one message, in milliseconds and in
 * characters. The parsed text must also be drawn and laid out in the same frame.
 */
const FRAME = { ms: 24, chars: 49_152 };
const MESSAGE = { ms: 8, chars: 16_384 };

/** The remaining budget of a frame, for all messages together and for one of them. */
export class FrameTime {
  #now;
  #end;
  #chars = 0;
  #messageEnd = 0;
  #messageChars = 0;

  /** @param {() => number} [now] in milliseconds */
  constructor(now = () => performance.now()) {
    this.#now = now;
    this.#end = now() + FRAME.ms;
  }

  /** @returns {boolean} whether there is time for another message, which then begins */
  beginMessage() {
    const now = this.#now();
    this.#messageEnd = Math.min(this.#end, now + MESSAGE.ms);
    this.#messageChars = 0;
    return now < this.#end && this.#chars < FRAME.chars;
  }

  /**
   * @param {number} chars that have been read
   * @returns {boolean} whether the message has had its share
   */
  isUpAfter(chars) {
    this.#chars += chars;
    this.#messageChars += chars;
    return this.#messageChars >= MESSAGE.chars || this.#chars >= FRAME.chars || this.#now() >= this.#messageEnd;
  }
}
