package io.agentstream.viewer.internal;

import io.agentstream.viewer.ConversationEncoder;
import io.agentstream.viewer.ViewerEncoder;
import io.agentstream.wire.ControlFrame;
import io.agentstream.wire.internal.FrameEncoder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The encoders of the protocol's own formats. */
public final class Encoders {

  private Encoders() {}

  /**
   * Returns an encoder for one connection.
   *
   * @param original whether it speaks the original dialect, else version 1
   */
  public static ViewerEncoder of(boolean original) {
    return original ? new Original() : new VersionOne();
  }

  static boolean isOriginal(ViewerEncoder encoder) {
    return encoder instanceof Original;
  }

  /** Frames that are no events are those of version 1, but it knows no ping. */
  private static final class Original implements ViewerEncoder {

    @Override
    public void control(
        ControlFrame frame, long millis, @Nullable String requestId, Consumer<String> frames) {
      if (!(frame instanceof ControlFrame.Ping)) {
        frames.accept(FrameEncoder.control(frame, millis, requestId));
      }
    }

    @Override
    public ConversationEncoder conversation(String conversationId) {
      return new OriginalDialect();
    }
  }
}
