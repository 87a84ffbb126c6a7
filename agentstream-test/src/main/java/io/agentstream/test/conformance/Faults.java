package io.agentstream.test.conformance;

import io.agentstream.test.conformance.FaultyLine.Fault;
import java.io.UncheckedIOException;

/** Tests viewers whose connection breaks in ways that a client cannot cause by itself. */
final class Faults {

  /** Prime, so that the positions within a frame differ. */
  private static final int BYTES_BETWEEN_CUTS = 61;

  /** After the handshake and the welcome, in the middle of later frames. */
  private static final int SOME_WAY_IN = 1_500;

  /** For the pong that does not come, and for a machine on which no thread runs for long. */
  private static final int SECONDS_AFTER_THE_PING = 60;

  private final ServerUnderTest server;
  private final Figures figures;

  Faults(ServerUnderTest server, Figures figures) {
    this.server = server;
    this.figures = figures;
  }

  /** Cuts after every so many bytes, usually in the middle of a frame. */
  void cutsMidFrame() {
    try (Uninterrupted conversation = server.start()) {
      Truth truth = conversation.truth();
      boolean whole = false;
      for (int bytes = 1; !whole; bytes += BYTES_BETWEEN_CUTS) {
        Fault fault = bytes % 2 == 0 ? Fault.RESET : Fault.END;
        Seen seen = new Seen(0);
        whole = readThrough(conversation.conversation(), fault, bytes, seen);
        readDirectly(conversation.conversation(), seen);
        truth.check(seen);
      }
    }
  }

  /** Delays all bytes until the conversation is over. */
  void delays() {
    delays(false);
  }

  /**
   * Does the same to more bytes than a socket holds. A server may close a connection that takes
   * nothing for long, and on a slow machine the conversation lasts as long.
   */
  void delaysOfVeryMuch() {
    delays(true);
  }

  private void delays(boolean mayBeClosed) {
    try (Uninterrupted conversation = server.start();
        FaultyLine line = FaultyLine.to(server.uri(), Fault.DELAY, SOME_WAY_IN);
        Viewer viewer = server.at(line.uri()).connect()) {
      viewer.join(conversation.conversation(), 0);
      Truth truth = conversation.truth();
      line.letThrough();
      Seen seen = new Seen(0);
      try {
        seen.toTheEnd(viewer);
      } catch (LineClosedException | UncheckedIOException closed) {
        if (!mayBeClosed) {
          throw closed;
        }
        readDirectly(conversation.conversation(), seen);
      }
      truth.check(seen);
    }
  }

  /** Delivers every byte separately. */
  void drips() {
    try (Uninterrupted conversation = server.start();
        FaultyLine line = FaultyLine.to(server.uri(), Fault.DRIP, Long.MAX_VALUE);
        Viewer viewer = server.at(line.uri()).connect()) {
      viewer.join(conversation.conversation(), 0);
      Seen seen = new Seen(0).toTheEnd(viewer);
      conversation.truth().check(seen);
    }
  }

  /**
   * Makes one connection silent. Others are not affected, and a viewer that reconnects gets
   * everything.
   */
  void halfOpen() {
    try (Uninterrupted conversation = server.start();
        FaultyLine line = FaultyLine.to(server.uri(), Fault.HALF_OPEN, SOME_WAY_IN);
        Viewer viewer = server.at(line.uri()).connect()) {
      viewer.join(conversation.conversation(), 0);
      Truth truth = conversation.truth();
      Seen seen = new Seen(0);
      readDirectly(conversation.conversation(), seen);
      truth.check(seen);
      figures.cuts.incrementAndGet();
    }
  }

  /** Checks that the server's heartbeat detects a dead connection and closes it. */
  void halfOpenIsFoundOut() {
    try (FaultyLine line = FaultyLine.to(server.uri(), Fault.HALF_OPEN, SOME_WAY_IN);
        Viewer viewer = server.at(line.uri()).connect()) {
      long heartbeat = viewer.welcome().at("/data/heartbeat_ms").asLong() / 1000;
      while (!line.isSilent()) {
        viewer.send("list_agents", Json.object());
      }
      if (!line.awaitServerGivesUp(heartbeat + SECONDS_AFTER_THE_PING)) {
        throw new AssertionError("The server keeps a connection on which nothing passes");
      }
    }
  }

  /** Returns true if the end was reached before the connection broke. */
  private boolean readThrough(ConversationId conversation, Fault fault, int bytes, Seen seen) {
    try (FaultyLine line = FaultyLine.to(server.uri(), fault, bytes);
        Viewer viewer = server.at(line.uri()).connect()) {
      viewer.join(conversation, 0);
      seen.toTheEnd(viewer);
      return true;
    } catch (LineClosedException | UncheckedIOException broken) {
      figures.cuts.incrementAndGet();
      return false;
    }
  }

  private void readDirectly(ConversationId conversation, Seen seen) {
    if (!seen.ended()) {
      try (Viewer viewer = server.connect()) {
        viewer.join(conversation, seen.position());
        seen.toTheEnd(viewer);
      }
    }
  }
}
