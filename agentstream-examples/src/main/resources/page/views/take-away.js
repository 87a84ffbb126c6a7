import { byId } from "../dom.js";
import { download, fileName } from "../export/download.js";
import { asJson, asMarkdown } from "../export/transcript.js";
import { t } from "../i18n/i18n.js";
import { showNotice } from "./notice.js";

/**
 * Lets the reader take the transcript away as a file, also while it grows.
 *
 * @param {import("/agentstream/index.js").ConversationStore} store
 * @param {import("/agentstream/index.js").AgentstreamConnection} connection
 */
export function offerTakeAway(store, connection) {
  offer("export-markdown", "md", "text/markdown", asMarkdown);
  offer("export-json", "json", "application/json", async (conversation) => {
    const document = await exported(conversation);
    const limits = document?.limits_exceeded;
    if (limits) showNotice(t("export.exceeds", { limits: limits.join(", ") }));
    return asJson(conversation, document);
  });

  function offer(id, extension, mediaType, format) {
    byId(id).addEventListener("click", async () => {
      const { conversation } = store;
      download(fileName(conversation.topic, extension), mediaType, await format(conversation));
    });
  }

  /** Returns the server's export, or nothing if there is no connection: then the file holds what the page shows. */
  async function exported({ conversationId }) {
    try {
      return await connection.exportConversation(conversationId);
    } catch (error) {
      if (!error.code) throw error;
      return undefined;
    }
  }
}
