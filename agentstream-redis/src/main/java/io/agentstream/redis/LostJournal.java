package io.agentstream.redis;

import io.agentstream.event.ChatError;
import io.agentstream.event.ChatEvent;
import io.agentstream.event.ConversationEnded;
import io.agentstream.event.ConversationUsage;
import io.agentstream.event.EndReason;
import io.agentstream.event.ErrorCode;
import io.agentstream.event.Usage;
import java.util.List;
import java.util.Map;

/** The events that viewers get for a conversation that is no longer in Redis. */
final class LostJournal {

  private static final String MESSAGE =
      "The conversation's journal was lost. Start the conversation again.";

  private LostJournal() {}

  static List<ChatEvent> lastEvents() {
    return List.of(
        new ChatError(ErrorCode.INTERNAL, MESSAGE, null, null, false, true),
        new ConversationEnded(
            EndReason.FAILED, MESSAGE, ConversationUsage.of(Map.of(), Usage.NONE)));
  }
}
