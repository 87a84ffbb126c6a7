package io.agentstream.test.conformance;

/**
 * Tests a viewer that reads one frame each time another viewer has read many, then nothing until
 * the other has reached the end, and then the rest. Its receive buffer is small, so that the
 * server's socket fills up.
 */
final class SlowReader {

  private static final int SMALL_BUFFER = 4096;
  private static final int FRAMES_READ_WHILE_LIVE = 20;

  private final ServerUnderTest server;

  SlowReader(ServerUnderTest server) {
    this.server = server;
  }

  void run() {
    try (Uninterrupted conversation = server.start()) {
      Seen seen = new Seen(0);
      try (Viewer viewer = Viewer.connect(server.uri(), server.strict(), SMALL_BUFFER)) {
        viewer.join(conversation.conversation(), 0);
        for (int i = 0; i < FRAMES_READ_WHILE_LIVE && !seen.ended(); i++) {
          conversation.awaitAfter(seen.position());
          seen.take(viewer.next());
        }
        Truth truth = conversation.truth();
        readTheRest(viewer, conversation.conversation(), seen);
        truth.check(seen);
        truth.checkText(Story.of(seen.frames()).text());
        System.out.printf(
            "slow reader: %d events, which another viewer got in %d frames, in %d frames%n",
            truth.events(), truth.frameCount(), seen.frames().size());
      }
    }
  }

  /** Reconnects if the server has closed the connection as too slow. */
  private void readTheRest(Viewer viewer, ConversationId conversation, Seen seen) {
    try {
      seen.toTheEnd(viewer);
    } catch (LineClosedException gaveUp) {
      try (Viewer again = server.connect()) {
        again.join(conversation, seen.position());
        seen.toTheEnd(again);
      }
    }
  }
}
