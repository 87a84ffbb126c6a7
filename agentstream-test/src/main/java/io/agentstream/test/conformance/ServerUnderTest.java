package io.agentstream.test.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;

/**
 * The server that is asked to prove itself.
 *
 * @param uri its WebSocket
 * @param strict whether it may send only what the schema names
 * @param topic what conversations are about
 */
record ServerUnderTest(URI uri, boolean strict, String topic) {

  Viewer connect() {
    return Viewer.connect(uri, strict, 0);
  }

  /** The same server, reached by another way. */
  ServerUnderTest at(URI other) {
    return new ServerUnderTest(other, strict, topic);
  }

  /** Starts a conversation of one round, and views it without interruption to its end. */
  Uninterrupted start() {
    Viewer viewer = connect();
    viewer.send("start_conversation", Viewer.data().put("topic", topic).put("max_rounds", 1));
    JsonNode accepted = viewer.expect("accepted").get("data");
    return new Uninterrupted(
        new ConversationId(
            accepted.get("conversation_id").asText(), accepted.get("epoch").asLong()),
        viewer);
  }
}
