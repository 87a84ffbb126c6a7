package io.agentstream.tests.viewer;

import io.agentstream.event.StreamingToken;
import io.agentstream.journal.JournalEntry;
import io.agentstream.viewer.ConversationEncoder;
import io.agentstream.viewer.ViewerEncoder;
import io.agentstream.wire.ControlFrame;
import io.agentstream.wire.Snapshot;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An example of a format: lines of what is said, and nothing else. */
final class EventLines implements ViewerEncoder, ConversationEncoder {

  @Override
  public void control(
      ControlFrame frame, long millis, @Nullable String requestId, Consumer<String> frames) {
    if (frame instanceof ControlFrame.Refused refused) {
      frames.accept("error: " + refused.error().code());
    }
  }

  @Override
  public ConversationEncoder conversation(String conversationId) {
    return this;
  }

  @Override
  public void entry(JournalEntry entry, Consumer<String> frames) {
    if (entry.event() instanceof StreamingToken token) {
      frames.accept("say: " + token.token());
    }
  }

  @Override
  public void tokens(JournalEntry first, JournalEntry last, String text, Consumer<String> frames) {
    if (first.event() instanceof StreamingToken) {
      frames.accept("say: " + text);
    }
  }

  @Override
  public void snapshot(Snapshot snapshot, long millis, Consumer<String> frames) {
    frames.accept("again:");
    snapshot.content().open().forEach(answer -> frames.accept("say: " + answer.content()));
  }
}
