/** The one place that names the versions of the WebJars: they stand in the addresses. */
export { lexer } from "./webjars/marked/16.4.1/lib/marked.esm.js";
