package io.agentstream.delivery;

import io.agentstream.event.StreamedText;
import io.agentstream.wire.FrameEncoder;

/** Version 1 of the protocol: frames are shared by all viewers. */
final class VersionOne implements Dialect {

  @Override
  public String event(JournalEntry entry) {
    return entry.frame();
  }

  @Override
  public String tokens(JournalEntry first, JournalEntry last, String text) {
    return FrameEncoder.tokens(
        first.conversationId(), first.seq(), last.seq(), (StreamedText) first.event(), text);
  }
}
