package io.agentstream.test.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Tests viewers that join at every frame of a conversation: a snapshot, and then live events. */
final class LateJoins {

  /** How many viewers stay to the end; few, so that few connections are open at a time. */
  private static final int STAYING = 8;

  private static final int EVENTS_BETWEEN_STAYING = 10;

  private final ServerUnderTest server;
  private final Figures figures;
  private final List<Viewer> staying = new ArrayList<>();
  private final List<Seen> seenByStaying = new ArrayList<>();
  private final List<Seen> seenByRejoining = new ArrayList<>();

  LateJoins(ServerUnderTest server, Figures figures) {
    this.server = server;
    this.figures = figures;
  }

  void run() {
    try (Uninterrupted conversation = server.start();
        Viewer rejoining = server.connect()) {
      long position = 0;
      while (!conversation.isOver()) {
        position = conversation.awaitAfter(position);
        // One connection that joins repeatedly needs no further handshakes.
        seenByRejoining.add(join(rejoining, conversation.conversation()));
        if (staying.size() < position / EVENTS_BETWEEN_STAYING && staying.size() < STAYING) {
          Viewer viewer = server.connect();
          staying.add(viewer);
          seenByStaying.add(join(viewer, conversation.conversation()));
        }
      }
      check(conversation.conversation(), conversation.truth());
    } finally {
      staying.forEach(Viewer::close);
    }
  }

  private void check(ConversationId conversation, Truth truth) {
    for (int i = 0; i < staying.size(); i++) {
      check(truth, seenByStaying.get(i).toTheEnd(staying.get(i)));
    }
    for (Seen seen : seenByRejoining) {
      if (!seen.ended()) {
        try (Viewer viewer = server.connect()) {
          viewer.join(conversation, seen.position());
          seen.toTheEnd(viewer);
        }
      }
      check(truth, seen);
    }
  }

  private void check(Truth truth, Seen seen) {
    truth.check(seen);
    truth.checkText(Story.of(seen.frames()).text());
    figures.lateJoins.incrementAndGet();
  }

  /** Frames of an earlier join of the same connection are ignored up to the reply. */
  private static Seen join(Viewer viewer, ConversationId conversation) {
    String id =
        viewer.send("join_conversation", Json.object().put("conversation_id", conversation.id()));
    JsonNode frame = viewer.next();
    while (!frame.path("in_reply_to").asText().equals(id)) {
      frame = viewer.next();
    }
    if (!frame.at("/data/mode").asText().equals("snapshot")) {
      throw new AssertionError("A join without a position got " + frame);
    }
    Seen seen = new Seen(0);
    seen.take(viewer.expect("snapshot"));
    return seen;
  }
}
