package io.agentstream.benchmarks.parts;

import io.agentstream.event.ConversationCreated;
import io.agentstream.event.ConversationStarted;
import io.agentstream.event.SpeakerChange;
import io.agentstream.event.StreamingComplete;
import io.agentstream.event.StreamingToken;
import io.agentstream.event.TurnFinishReason;
import io.agentstream.journal.JournalWriter;
import java.util.List;

/** Writes the events of a conversation into a journal. */
final class Talk {

  private static final String TOKEN = " word";

  private final JournalWriter writer;

  Talk(JournalWriter writer) {
    this.writer = writer;
    writer.append(new ConversationCreated(1, "Tea?", List.of("Ann"), "round_robin", 1));
    writer.append(new ConversationStarted(1));
  }

  /** Writes one message of this many tokens. */
  void message(String id, int round, int tokens) {
    writer.append(new SpeakerChange(id, "Ann", round, null, null));
    for (int i = 0; i < tokens; i++) {
      writer.append(new StreamingToken(id, i * TOKEN.length(), TOKEN));
    }
    writer.append(
        new StreamingComplete(
            id,
            "Ann",
            round,
            TOKEN.repeat(tokens),
            tokens * TOKEN.length(),
            TurnFinishReason.STOP,
            null));
  }
}
