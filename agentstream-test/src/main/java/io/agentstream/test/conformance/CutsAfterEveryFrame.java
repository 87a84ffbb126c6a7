package io.agentstream.test.conformance;

/**
 * Tests a viewer whose connection is cut after every frame, and again before the next one has
 * arrived.
 */
final class CutsAfterEveryFrame {

  private final ServerUnderTest server;
  private final Figures figures;

  CutsAfterEveryFrame(ServerUnderTest server, Figures figures) {
    this.server = server;
    this.figures = figures;
  }

  /** Cuts during the conversation, so that missed and live events meet at every position. */
  void live() {
    try (Uninterrupted conversation = server.start()) {
      Seen seen = new Seen(0);
      while (!seen.ended()) {
        oneFrameBetweenTwoCuts(conversation.conversation(), seen);
      }
      Truth truth = conversation.truth();
      truth.check(seen);
      truth.checkText(Story.of(seen.frames()).text());
    }
  }

  /** Replays from every event on, after the end. */
  void afterTheEnd() {
    try (Uninterrupted conversation = server.start()) {
      Truth truth = conversation.truth();
      for (long position = 0; position < truth.events(); position++) {
        Seen seen = new Seen(position);
        oneFrameBetweenTwoCuts(conversation.conversation(), seen);
        readToTheEnd(conversation.conversation(), seen);
        truth.check(seen);
      }
    }
  }

  private void oneFrameBetweenTwoCuts(ConversationId conversation, Seen seen) {
    try (Viewer viewer = server.connect()) {
      viewer.join(conversation, seen.position());
      cut(viewer);
    }
    try (Viewer viewer = server.connect()) {
      viewer.join(conversation, seen.position());
      seen.take(viewer.next());
      cut(viewer);
    }
  }

  private void readToTheEnd(ConversationId conversation, Seen seen) {
    if (!seen.ended()) {
      try (Viewer viewer = server.connect()) {
        viewer.join(conversation, seen.position());
        seen.toTheEnd(viewer);
      }
    }
  }

  private void cut(Viewer viewer) {
    viewer.cut(figures.cuts.incrementAndGet() % 2 == 0);
  }
}
