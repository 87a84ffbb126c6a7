package io.agentstream.jdbc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.agentstream.store.Store;
import java.util.List;

/** The texts that a store has of a conversation. */
final class StoredTexts {

  private static final JsonMapper JSON = new JsonMapper();

  private StoredTexts() {}

  static List<String> of(Store store, String conversationId) {
    return store.load(conversationId).stream()
        .flatMap(stored -> stored.messages().stream())
        .map(StoredTexts::content)
        .toList();
  }

  private static String content(String message) {
    try {
      return JSON.readTree(message).path("content").asText();
    } catch (JsonProcessingException e) {
      throw new AssertionError(message, e);
    }
  }
}
