import { announce } from "../announcer.js";
import { byId } from "../dom.js";
import { formatNumber, t } from "../i18n/i18n.js";
import { errorText } from "../plain-words.js";
import { goToConversation } from "../route.js";
import { showNotice } from "./notice.js";

const BYTES_PER_MB = 1_048_576;
/** How many times longer than the limit a downloaded file may be: it has line breaks, and data that only a page uses. */
const MOST_SPACE = 3;

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
    const tooLong = t("import.tooLong", { most: formatNumber(most / BYTES_PER_MB) });
    if (file.size > most * MOST_SPACE) return showNotice(tooLong);
    const text = await compact(file);
    if (text === undefined) return showNotice(t("import.unreadable"));
    if (new Blob([text]).size > most) return showNotice(tooLong);
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

/** Returns the file's object as JSON, without spaces and without most that only a page knows; undefined if it has none. */
async function compact(file) {
  try {
    const content = JSON.parse(await file.text());
    if (content === null || typeof content !== "object" || Array.isArray(content)) return undefined;
    const { state, usage, errors, ends, ...document } = content;
    return JSON.stringify(document);
  } catch {
    return undefined;
  }
}

/** Only the server knows what it does not take of a document, so its sentence is shown. */
function refusalText(error) {
  if (error.code === "invalid_json") return t("import.unreadable");
  const isOfDocument = error.code === "invalid_field" || error.code === "limit_exceeded";
  return isOfDocument ? t("import.refused", { message: error.message }) : errorText(error);
}
