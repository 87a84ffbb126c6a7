package io.agentstream.viewer.internal;

import io.agentstream.event.StreamedText;
import io.agentstream.journal.JournalEntry;
import io.agentstream.viewer.ConversationEncoder;
import io.agentstream.viewer.EntryFrame;
import io.agentstream.viewer.ViewerEncoder;
import io.agentstream.wire.ControlFrame;
import io.agentstream.wire.Snapshot;
import io.agentstream.wire.internal.FrameEncoder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Version 1 of the protocol: frames are shared by all viewers. Keeps nothing, and is safe from any
 * thread.
 */
final class VersionOne implements ViewerEncoder, ConversationEncoder, FrameWriter.SharedSnapshots {

  @Override
  public void control(
      ControlFrame frame, long millis, @Nullable String requestId, Consumer<String> frames) {
    frames.accept(FrameEncoder.control(frame, millis, requestId));
  }

  @Override
  public ConversationEncoder conversation(String conversationId) {
    return this;
  }

  @Override
  public void entry(JournalEntry entry, Consumer<String> frames) {
    frames.accept(EntryFrame.of(entry));
  }

  @Override
  public void tokens(JournalEntry first, JournalEntry last, String text, Consumer<String> frames) {
    frames.accept(
        FrameEncoder.tokens(
            first.conversationId(), first.seq(), last.seq(), (StreamedText) first.event(), text));
  }

  @Override
  public void snapshot(Snapshot snapshot, long millis, Consumer<String> frames) {
    control(snapshot, millis, null, frames);
  }
}
