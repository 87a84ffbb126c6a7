/** The only place with the versions of the WebJars, which are a part of the addresses. */
export { decodeHTMLStrict } from "./webjars/entities/8.0.0/dist/decode.js";

/** Fetches KaTeX, which is larger than all of the page, once there is a formula to show. */
export async function loadKatex() {
  await import("./webjars/katex/0.18.11/dist/katex.min.js");
  return globalThis.katex;
}
