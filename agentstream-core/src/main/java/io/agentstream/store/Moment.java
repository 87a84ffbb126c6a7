package io.agentstream.store;

import io.agentstream.chat.ConversationState;
import io.agentstream.wire.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Cuts what viewers have seen back to a state of the engine. The events may be ahead of the state,
 * and whatever the state does not know happens again after a crash: a store must not hold it twice.
 */
final class Moment {

  private Moment() {}

  /**
   * Returns the content at that state, with the current messages but without their text.
   *
   * @param state null for a conversation that nothing continues: then the content stays as it is
   */
  static Snapshot.Content of(Snapshot.Content content, @Nullable ConversationState state) {
    boolean ended = state == null || state.ending() != null;
    return new Snapshot.Content(
        content.seq(),
        content.epoch(),
        content.run(),
        state == null ? content.state() : standing(state),
        content.topic(),
        content.agents(),
        content.speakerSelection(),
        content.maxRounds(),
        state == null ? content.messages() : known(content.messages(), state.finishedMessages()),
        content.open().stream().map(Moment::withoutText).toList(),
        content.pendingInput(),
        content.pendingInputs(),
        ended ? content.ended() : null,
        ended ? null : content.queued(),
        content.pausedBy(),
        // The server's own pause ends with the server.
        null,
        content.muted(),
        content.people());
  }

  private static Snapshot.State standing(ConversationState state) {
    if (state.ending() != null) {
      return Snapshot.State.ENDED;
    }
    if (state.paused()) {
      return Snapshot.State.PAUSED;
    }
    return state.pendingInput() == null ? Snapshot.State.RUNNING : Snapshot.State.WAITING_FOR_INPUT;
  }

  private static List<Snapshot.Message> known(List<Snapshot.Message> messages, Set<String> ids) {
    int count = messages.size();
    while (count > 0 && !ids.contains(messages.get(count - 1).message().messageId())) {
      count--;
    }
    return new ArrayList<>(messages.subList(0, count));
  }

  private static Snapshot.Open withoutText(Snapshot.Open open) {
    return new Snapshot.Open(
        open.messageId(), open.agentName(), open.round(), "", "", open.agentPath(), null);
  }
}
