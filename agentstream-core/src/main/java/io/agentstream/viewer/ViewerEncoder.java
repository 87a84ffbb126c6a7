package io.agentstream.viewer;

import io.agentstream.wire.ControlFrame;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes what one connection is sent, in a format of its own. Give each connection an instance of
 * its own. An encoder that throws has its connection closed, and harms no other.
 */
public interface ViewerEncoder {

  /**
   * Writes a frame that is no event: a reply to a command, a question of the server, or a notice.
   * Called from any thread, also from several at once; must not block.
   *
   * <p>For a {@link ControlFrame.Ping} that is written as no frame, {@link Transport#ping} is
   * called.
   *
   * @param millis now, in milliseconds since 1970
   * @param requestId the id of the command that is answered; null if there is none
   * @param frames takes the frames in their order: none, one or several
   */
  void control(
      ControlFrame frame, long millis, @Nullable String requestId, Consumer<String> frames);

  /** Returns the encoder of a conversation that the viewer is about to view from now on. */
  ConversationEncoder conversation(String conversationId);
}
