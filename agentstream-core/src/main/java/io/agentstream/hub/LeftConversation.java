package io.agentstream.hub;

import io.agentstream.chat.ConversationState;
import io.agentstream.event.ChatError;
import io.agentstream.event.ChatEvent;
import io.agentstream.event.ConversationCreated;
import io.agentstream.event.ConversationEnded;
import io.agentstream.event.ConversationStarted;
import io.agentstream.event.ConversationUsage;
import io.agentstream.event.EndReason;
import io.agentstream.event.ErrorCode;
import io.agentstream.event.Usage;
import io.agentstream.journal.SavedConversation;
import io.agentstream.wire.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A conversation as another node has left it.
 *
 * @param epoch the epoch under which it continues
 * @param content its viewers' last state
 */
record LeftConversation(long epoch, Snapshot.Content content) {

  private static final ConversationUsage NO_USAGE = ConversationUsage.of(Map.of(), Usage.NONE);

  /** The messages that were still being written. */
  Set<String> unfinished() {
    return content.open().stream().map(Snapshot.Open::messageId).collect(Collectors.toSet());
  }

  /**
   * Lets interrupted turns be repeated under their old ids, if these are the last ids that were
   * given out.
   */
  SavedConversation adapt(SavedConversation saved) {
    ConversationState state = saved.state();
    Set<String> unfinished = unfinished();
    unfinished.removeAll(state.finishedMessages());
    int count = state.messageCount();
    while (unfinished.contains("m" + count)) {
      count--;
    }
    return new SavedConversation(saved.definition(), state.withMessageCount(count));
  }

  /** Returns the earlier messages, and an end because the conversation cannot continue. */
  List<ChatEvent> ended() {
    List<ChatEvent> events = new ArrayList<>();
    events.add(
        new ConversationCreated(
            epoch,
            content.topic(),
            content.agents(),
            content.speakerSelection(),
            content.maxRounds(),
            content.muted(),
            content.people()));
    events.add(new ConversationStarted(content.run()));
    content.messages().forEach(message -> events.add(message.message()));
    ConversationEnded ended = content.ended();
    if (ended == null) {
      String problem = "The node that ran the conversation was lost, and no other can go on.";
      events.add(new ChatError(ErrorCode.INTERNAL, problem, null, null, false, true));
      ended = new ConversationEnded(EndReason.FAILED, problem, NO_USAGE);
    }
    events.add(ended);
    return events;
  }
}
