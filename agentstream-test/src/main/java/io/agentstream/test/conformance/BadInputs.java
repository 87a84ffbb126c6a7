package io.agentstream.test.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import io.agentstream.test.conformance.BadInput.Expected;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sends invalid inputs next to a conversation that must not be affected. */
final class BadInputs {

  private final ServerUnderTest server;
  private final Figures figures;
  private Viewer viewer;
  private Uninterrupted conversation;

  BadInputs(ServerUnderTest server, Figures figures) {
    this.server = server;
    this.figures = figures;
    this.viewer = server.connect();
    this.conversation = server.start();
  }

  /** Sends the whole table. */
  void run() {
    try {
      List<BadInput> rows = rows();
      for (int i = 0; i < rows.size(); i++) {
        if (conversation.isOver()) {
          endWell();
          conversation = server.start();
          rows = rows();
        }
        send(rows.get(i));
        figures.badInputs.incrementAndGet();
      }
      endWell();
    } finally {
      viewer.close();
      conversation.close();
    }
  }

  /** Returns the same rows each time, with the id of the current conversation. */
  private List<BadInput> rows() {
    return BadInputTable.rows(
        conversation.conversation().id(), viewer.welcome().at("/data/limits"));
  }

  private void endWell() {
    conversation.truth();
    conversation.close();
    figures.conversations.incrementAndGet();
  }

  private void send(BadInput row) {
    try {
      row.sending().accept(viewer.line());
      String id = viewer.send("ping", Json.object());
      JsonNode refusal = answerBefore(id, row);
      if (refusal == null && row.expected() != Expected.HARMLESS) {
        throw new AssertionError("Not refused: " + row.name());
      }
    } catch (LineClosedException closed) {
      if (row.expected() != Expected.REFUSED_OR_CLOSED) {
        throw new AssertionError("Closed the connection: " + row.name(), closed);
      }
      viewer.close();
      viewer = server.connect();
    }
  }

  /** Returns the error that arrived before the reply to {@code id}, or null. */
  private @Nullable JsonNode answerBefore(String id, BadInput row) {
    JsonNode refusal = null;
    while (true) {
      JsonNode frame = viewer.next();
      if (frame.path("in_reply_to").asText().equals(id)) {
        return refusal;
      }
      if (frame.path("type").asText().equals("error")) {
        if (frame.has("seq") || refusal != null) {
          throw new AssertionError(row.name() + " got " + frame);
        }
        refusal = frame;
      }
    }
  }
}
