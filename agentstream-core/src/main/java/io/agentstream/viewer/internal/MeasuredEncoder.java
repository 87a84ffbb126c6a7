package io.agentstream.viewer.internal;

import io.agentstream.internal.UserCode;
import io.agentstream.journal.JournalEntry;
import io.agentstream.viewer.ConversationEncoder;
import io.agentstream.viewer.ViewerEncoder;
import io.agentstream.wire.ControlFrame;
import io.agentstream.wire.Snapshot;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Names a user's encoder that takes long. An encoder that throws is the business of its caller. */
final class MeasuredEncoder implements ViewerEncoder {

  private final ViewerEncoder encoder;
  private final UserCode userCode;

  private MeasuredEncoder(ViewerEncoder encoder, UserCode userCode) {
    this.encoder = encoder;
    this.userCode = userCode;
  }

  /** Returns the encoder itself if it is the library's own, so that a token costs no more there. */
  static ViewerEncoder of(ViewerEncoder encoder, UserCode userCode) {
    return UserCode.isOurs(encoder) ? encoder : new MeasuredEncoder(encoder, userCode);
  }

  @Override
  public void control(
      ControlFrame frame, long millis, @Nullable String requestId, Consumer<String> frames) {
    long began = userCode.now();
    try {
      encoder.control(frame, millis, requestId, frames);
    } finally {
      userCode.took(encoder, began);
    }
  }

  @Override
  public ConversationEncoder conversation(String conversationId) {
    long began = userCode.now();
    try {
      return new Measured(encoder.conversation(conversationId), userCode);
    } finally {
      userCode.took(encoder, began);
    }
  }

  private record Measured(ConversationEncoder encoder, UserCode userCode)
      implements ConversationEncoder {

    @Override
    public void entry(JournalEntry entry, Consumer<String> frames) {
      long began = userCode.now();
      try {
        encoder.entry(entry, frames);
      } finally {
        userCode.took(encoder, began);
      }
    }

    @Override
    public void tokens(
        JournalEntry first, JournalEntry last, String text, Consumer<String> frames) {
      long began = userCode.now();
      try {
        encoder.tokens(first, last, text, frames);
      } finally {
        userCode.took(encoder, began);
      }
    }

    @Override
    public void snapshot(Snapshot snapshot, long millis, Consumer<String> frames) {
      long began = userCode.now();
      try {
        encoder.snapshot(snapshot, millis, frames);
      } finally {
        userCode.took(encoder, began);
      }
    }
  }
}
