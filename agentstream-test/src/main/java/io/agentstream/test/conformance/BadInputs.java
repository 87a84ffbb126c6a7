package io.agentstream.test.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import io.agentstream.test.conformance.BadInput.Expected;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** Sends invalid inputs next to a conversation that must not be affected. */
final class BadInputs {

  /**
   * The server pings within 20 seconds of silence, so that the wait ends even if it never refuses.
   */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

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
      await(viewer::nextOrPing, id, row, LONGEST_WAIT);
    } catch (LineClosedException closed) {
      if (row.expected() != Expected.REFUSED_OR_CLOSED) {
        throw new AssertionError("Closed the connection: " + row.name(), closed);
      }
      viewer.close();
      viewer = server.connect();
    }
  }

  /**
   * Waits for the reply to the ping that followed {@code row}, and for the refusal of {@code row}.
   * Either may come first: a ping does not wait for the commands to a conversation
   * (docs/protocol.md).
   *
   * @param longest how long the refusal may take after the reply to the ping
   * @throws AssertionError if no error comes where one must, or more than one
   */
  static void await(Supplier<JsonNode> frames, String ping, BadInput row, Duration longest) {
    boolean refused = awaitReply(frames, ping, row);
    long answered = System.nanoTime();
    while (!refused && row.expected() != Expected.HARMLESS) {
      if (System.nanoTime() - answered > longest.toNanos()) {
        throw new AssertionError("Not refused: " + row.name());
      }
      refused = isRefusal(frames.get(), row);
    }
  }

  /** Returns whether the refusal came before the reply. */
  private static boolean awaitReply(Supplier<JsonNode> frames, String ping, BadInput row) {
    boolean refused = false;
    JsonNode frame = frames.get();
    while (!frame.path("in_reply_to").asText().equals(ping)) {
      if (isRefusal(frame, row)) {
        if (refused) {
          throw new AssertionError(row.name() + " was refused again: " + frame);
        }
        refused = true;
      }
      frame = frames.get();
    }
    return refused;
  }

  private static boolean isRefusal(JsonNode frame, BadInput row) {
    if (!frame.path("type").asText().equals("error")) {
      return false;
    }
    if (frame.has("seq")) {
      throw new AssertionError(row.name() + " got " + frame);
    }
    return true;
  }
}
