/** Imports from WebJars. Their addresses contain versions, so no other file names them. */
export { decodeHTMLStrict } from "./webjars/entities/8.0.0/dist/decode.js";

/** Loads KaTeX. It is larger than the rest of the page, so it is loaded only when there is a formula to show. */
export async function loadKatex() {
  await import("./webjars/katex/0.18.11/dist/katex.min.js");
  return globalThis.katex;
}
