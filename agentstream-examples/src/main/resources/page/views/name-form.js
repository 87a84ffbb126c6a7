import { byId } from "../dom.js";
import { keptHere } from "../kept.js";

const KEY = "agentstream.name";

/**
 * Asks an anonymous reader once what others should call them, as soon as they want to say something. The server
 * forgets the name with the connection, so each connection says it again.
 *
 * @param {import("/agentstream/index.js").AgentstreamConnection} connection
 */
export function offerName(connection) {
  const form = byId("name-form");
  const field = byId("name");
  const isAsked = () => keptHere.get(KEY) === null && !connection.welcome?.author;

  connection.addEventListener("state", ({ detail }) => {
    if (detail.state === "open") tell();
  });
  byId("say").addEventListener("focus", () => {
    form.hidden = !isAsked();
  });
  byId("name-later").addEventListener("click", () => answer(""));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (field.value.trim()) answer(field.value.trim());
  });

  function answer(name) {
    keptHere.set(KEY, name);
    form.hidden = true;
    byId("say").focus();
    tell();
  }

  /** A server that takes no names calls everybody what it did before. */
  function tell() {
    const name = keptHere.get(KEY);
    if (name && !connection.welcome?.author) connection.setName(name).catch(() => {});
  }
}
