package io.agentstream.state;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.agentstream.chat.ConversationState;

/**
 * Writes a conversation's state as a JSON document and reads it back, including documents of older
 * versions of this library.
 *
 * <pre>{@code
 * String document = ConversationStateJson.write(conversation.snapshot().join());
 * // Later, elsewhere:
 * chat.restore(ConversationStateJson.read(document)).listener(listener).start();
 * }</pre>
 *
 * <p>The document contains all messages and the arguments and results of all tool calls. Protect it
 * like the conversations.
 */
public final class ConversationStateJson {

  private ConversationStateJson() {}

  /** Writes the document. */
  public static String write(ConversationState state) {
    try {
      return StateMapper.MAPPER.writeValueAsString(state);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Every state can be written", e);
    }
  }

  /**
   * Reads a document.
   *
   * @throws StateFormatException if it is broken or newer than this library
   */
  public static ConversationState read(String document) {
    try {
      JsonNode tree = StateMapper.MAPPER.readTree(document);
      checkVersion(tree.path("version"));
      return StateMapper.MAPPER.treeToValue(tree, ConversationState.class);
    } catch (JsonProcessingException e) {
      throw new StateFormatException(
          "The state is broken"
              + StateErrors.place(e)
              + StateErrors.problem(e)
              + ": restore it from another copy");
    }
  }

  private static void checkVersion(JsonNode version) {
    if (!version.isInt() || version.intValue() < 1) {
      throw new StateFormatException(
          "The document has no version: it is not the state of a conversation. Hand in what"
              + " ConversationStateJson.write gave");
    }
    if (version.intValue() > ConversationState.VERSION) {
      throw new StateFormatException(
          "The state is of version "
              + version.intValue()
              + ", this agentstream reads up to version "
              + ConversationState.VERSION
              + ": restore it with the agentstream that wrote it, or upgrade this one");
    }
  }
}
