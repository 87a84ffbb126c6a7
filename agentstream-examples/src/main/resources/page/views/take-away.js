import { byId } from "../dom.js";
import { download, fileName } from "../export/download.js";
import { asJson, asMarkdown } from "../export/transcript.js";

/**
 * Lets the reader take the transcript away as a file, also while it grows.
 *
 * @param {import("/agentstream/index.js").ConversationStore} store
 */
export function offerTakeAway(store) {
  offer("export-markdown", "md", "text/markdown", asMarkdown);
  offer("export-json", "json", "application/json", asJson);

  function offer(id, extension, mediaType, format) {
    byId(id).addEventListener("click", () => {
      const { conversation } = store;
      download(fileName(conversation.topic, extension), mediaType, format(conversation));
    });
  }
}
