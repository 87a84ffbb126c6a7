package io.agentstream.viewer.internal;

import io.agentstream.event.StreamedText;
import io.agentstream.journal.JournalEntry;
import io.agentstream.wire.FrameEncoder;
import java.util.function.Function;

/** Version 1 of the protocol: frames are shared by all viewers. */
final class VersionOne implements Dialect {

  private static final Function<JournalEntry, String> ENCODING = VersionOne::encode;

  private static String encode(JournalEntry entry) {
    return FrameEncoder.event(entry.conversationId(), entry.seq(), entry.millis(), entry.event());
  }

  @Override
  public String event(JournalEntry entry) {
    return entry.encoded(ENCODING);
  }

  @Override
  public String tokens(JournalEntry first, JournalEntry last, String text) {
    return FrameEncoder.tokens(
        first.conversationId(), first.seq(), last.seq(), (StreamedText) first.event(), text);
  }
}
