package io.agentstream.viewer.internal;

import io.agentstream.event.ErrorCode;
import io.agentstream.event.PastMessage;
import io.agentstream.settings.Limits;
import io.agentstream.wire.ConversationCommand;
import io.agentstream.wire.ProtocolException;
import io.agentstream.wire.Request;
import io.agentstream.wire.ViewingCommand.StartConversation;
import io.agentstream.wire.internal.CommandDecoder;
import io.agentstream.wire.internal.CommandEncoder;
import java.util.List;

/** Checks commands that an adapter has read from a format of its own. */
final class CommandBounds {

  private CommandBounds() {}

  /**
   * Checks a request.
   *
   * @throws ProtocolException if a viewer could not send the command over the wire, or if its
   *     history is longer than a conversation may be
   */
  static void check(Request request, CommandDecoder decoder, Limits limits)
      throws ProtocolException {
    if (request.command() instanceof StartConversation start) {
      decoder.decode(CommandEncoder.encode(start));
    } else if (request.command() instanceof ConversationCommand steering) {
      decoder.decode(CommandEncoder.encode(steering));
    }
    List<PastMessage> past = request.beginning().past();
    long chars = past.stream().mapToLong(message -> message.content().length()).sum();
    if (chars > limits.maxConversationChars() || past.size() >= limits.maxConversationMessages()) {
      throw new ProtocolException(
          ErrorCode.LIMIT_EXCEEDED,
          "The messages so far are longer than a conversation may be.",
          request.id());
    }
  }
}
