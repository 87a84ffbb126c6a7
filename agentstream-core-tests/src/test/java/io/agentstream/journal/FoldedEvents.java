package io.agentstream.journal;

import io.agentstream.event.ChatEvent;
import io.agentstream.wire.Snapshot;
import java.util.List;

/** Folds the events of a conversation as journals do. */
public final class FoldedEvents {

  private FoldedEvents() {}

  /** Returns the snapshot of a journal that has had all events. */
  public static Snapshot.Content live(List<ChatEvent> events) {
    return fold(new Transcript(), events).at(events.size(), 1);
  }

  /**
   * Returns the same of one that began with the snapshot of another after {@code prefix} events.
   */
  public static Snapshot.Content resumed(List<ChatEvent> events, int prefix) {
    Transcript resumed = Transcript.from(live(events.subList(0, prefix)));
    return fold(resumed, events.subList(prefix, events.size())).at(events.size(), 1);
  }

  private static Transcript fold(Transcript transcript, List<ChatEvent> events) {
    events.forEach(event -> event.deliverTo(transcript));
    return transcript;
  }
}
