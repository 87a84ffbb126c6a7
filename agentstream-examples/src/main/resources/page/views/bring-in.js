import { announce } from "../announcer.js";
import { byId } from "../dom.js";
import { formatNumber, t } from "../i18n/i18n.js";
import { errorText } from "../plain-words.js";
import { goToConversation } from "../route.js";
import { showNotice } from "./notice.js";

const BYTES_PER_MB = 1_048_576;

/**
 * Lets the reader import a conversation from a file, if the server keeps conversations.
 *
 * @param {import("/agentstream/index.js").AgentstreamConnection} connection
 * @param {import("./sidebar.js").Sidebar} sidebar where the button is
 * @param {() => void} onImported
 */
export function offerBringIn(connection, sidebar, onImported) {
  const button = byId("import-conversation");
  const field = byId("conversation-file");
  const mostBytes = () => connection.welcome?.limits.max_import_bytes;
  connection.addEventListener("welcome", () => (button.hidden = mostBytes() === undefined));
  button.addEventListener("click", () => field.click());
  field.addEventListener("change", async () => {
    const [file] = field.files;
    // Else the same file could not be chosen twice.
    field.value = "";
    if (!file) return;
    // As a drawer it hides the notice.
    sidebar.close();
    button.disabled = true;
    await bringIn(file);
    button.disabled = false;
  });

  async function bringIn(file) {
    const most = mostBytes() ?? 0;
    if (file.size > most) return showNotice(t("import.tooLong", { most: formatNumber(most / BYTES_PER_MB) }));
    const text = await file.text().catch(() => null);
    if (text === null) return showNotice(t("import.unreadable"));
    try {
      const { conversationId, continues } = await connection.importConversation(text);
      onImported();
      announce(t("import.done"));
      // A change of the address clears the notice before.
      if (!continues) addEventListener("hashchange", () => showNotice(t("import.ended")), { once: true });
      goToConversation(conversationId);
    } catch (error) {
      showNotice(refusalText(error));
    }
  }
}

/** Only the server knows what it does not take of a document, so its sentence is shown. */
function refusalText(error) {
  if (error.code === "invalid_json") return t("import.unreadable");
  const isOfDocument = error.code === "invalid_field" || error.code === "limit_exceeded";
  return isOfDocument ? t("import.refused", { message: error.message }) : errorText(error);
}
