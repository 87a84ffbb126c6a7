package io.agentstream.test.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;

/**
 * The server under test.
 *
 * @param uri its WebSocket URL, or the address of its commands and events over HTTP
 * @param strict true if it may send only fields and types in the schema
 * @param topic the topic of conversations
 */
record ServerUnderTest(URI uri, boolean strict, String topic) {

  boolean isHttp() {
    return uri.getScheme().startsWith("http");
  }

  Viewer connect() {
    return Viewer.connect(uri, strict, 0);
  }

  /** Returns the same server under another address. */
  ServerUnderTest at(URI other) {
    return new ServerUnderTest(other, strict, topic);
  }

  /** Starts a conversation of one round and views it to its end without interruption. */
  Uninterrupted start() {
    Viewer viewer = connect();
    viewer.send("start_conversation", Json.object().put("topic", topic).put("max_rounds", 1));
    JsonNode accepted = viewer.expect("accepted").get("data");
    return new Uninterrupted(
        new ConversationId(
            accepted.get("conversation_id").asText(), accepted.get("epoch").asLong()),
        viewer);
  }
}
