package io.agentstream.wire;

import org.jspecify.annotations.Nullable;

/** Takes a conversation out as a document, or puts a document in as a conversation. */
public sealed interface DocumentCommand extends ClientCommand {

  /** Calls the method of {@code handler} for this command. */
  void deliverTo(DocumentHandler handler);

  @Override
  default void deliverTo(Handler handler) {
    handler.onDocumentCommand(this);
  }

  /** Handles these commands, with one method for each. */
  interface DocumentHandler {
    void onExportConversation(ExportConversation command);

    void onImportConversation(ImportConversation command);
  }

  /** Requests a conversation as a document. */
  record ExportConversation(String conversationId) implements DocumentCommand {
    @Override
    public void deliverTo(DocumentHandler handler) {
      handler.onExportConversation(this);
    }
  }

  /**
   * Sends a part of the document of a conversation.
   *
   * @param part the next piece of the document's JSON text
   * @param index the number of the part, from 0; the first one discards what came before
   * @param last true if the document is complete with this part; null for false
   */
  record ImportConversation(String part, int index, @Nullable Boolean last)
      implements DocumentCommand {

    /** Creates the only part of a document. */
    public static ImportConversation whole(String document) {
      return new ImportConversation(document, 0, true);
    }

    /** Returns true if the document is complete with this part. */
    public boolean isLast() {
      return Boolean.TRUE.equals(last);
    }

    /** Returns a text without the part. */
    @Override
    public String toString() {
      return "ImportConversation[index=" + index + ", last=" + last + "]";
    }

    @Override
    public void deliverTo(DocumentHandler handler) {
      handler.onImportConversation(this);
    }
  }
}
