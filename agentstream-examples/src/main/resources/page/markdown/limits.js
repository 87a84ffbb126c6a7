/**
 * The bounds of what is drawn. A text past one of them is still shown, as it was written: no text of a
 * model, however long or nested, may slow the page down or bring it to a halt (ADR 10).
 */

/** Characters of one paragraph, line or piece of code that are read and laid out together. */
export const PIECE_CHARS = 8_192;

/** Elements of one piece: emphasis, code, links. */
export const PIECE_ELEMENTS = 500;

/** Lists, their items and quotes within each other. */
export const BLOCK_DEPTH = 24;

/** Emphasis within emphasis. */
export const INLINE_DEPTH = 16;

/** Elements of one message; its remaining text follows unread. */
export const MESSAGE_ELEMENTS = 10_000;

export const TABLE_COLUMNS = 64;

export const TABLE_CELLS = 3_000;

/** Characters of one formula. */
export const FORMULA_CHARS = 1_000;

/** Characters of all formulas of one piece; each counts for some more than it has. */
export const PIECE_FORMULA_CHARS = 4_000;
export const FORMULA_EXTRA_CHARS = 40;

/** Characters of the address of a link. */
export const ADDRESS_CHARS = 4_096;
