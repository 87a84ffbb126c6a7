package io.agentstream.wire;

/** Replies to a command that exports or imports a conversation. */
public sealed interface DocumentFrame extends ControlFrame {

  /**
   * The reply to {@code export_conversation}.
   *
   * @param document the conversation
   */
  record ConversationExported(ConversationDocument document) implements DocumentFrame {
    @Override
    public String type() {
      return "conversation_exported";
    }
  }

  /**
   * The reply to a part of a document that is not the last one.
   *
   * @param nextIndex the index of the part that is expected next
   */
  record ImportPart(int nextIndex) implements DocumentFrame {
    @Override
    public String type() {
      return "import_part";
    }
  }

  /**
   * The reply to the last part of a document: it is a conversation of the viewer now.
   *
   * @param conversationId its new id
   * @param continues true if a message continues it; false if its agents are not in the catalogue
   */
  record ConversationImported(String conversationId, boolean continues) implements DocumentFrame {
    @Override
    public String type() {
      return "conversation_imported";
    }
  }
}
