package io.agentstream.hub;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import io.agentstream.chat.ConversationState;
import io.agentstream.chat.RosterSeat;
import io.agentstream.chat.context.Utterance;
import io.agentstream.chat.speaker.Seat;
import io.agentstream.event.ConversationEnded;
import io.agentstream.event.ConversationUsage;
import io.agentstream.event.EndReason;
import io.agentstream.event.NewMessage;
import io.agentstream.event.Usage;
import io.agentstream.wire.ConversationDocument;
import io.agentstream.wire.Snapshot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A document as a conversation that has ended here.
 *
 * @param id its new id
 */
record ImportedConversation(String id, ConversationDocument document) {

  private static final long EPOCH = 1;

  /** The ids that the engine gives out. */
  private static final Pattern NUMBERED = Pattern.compile("m(\\d{1,9})");

  /** Returns what its viewers see. */
  Snapshot.Content content() {
    return new Snapshot.Content(
        document.messages().size() + 1L,
        EPOCH,
        document.run(),
        Snapshot.State.ENDED,
        document.topic(),
        document.agents(),
        document.speakerSelection(),
        document.maxRounds(),
        document.messages(),
        List.of(),
        null,
        null,
        ended(),
        null,
        null,
        null,
        document.muted(),
        document.people());
  }

  /** Returns its end; a conversation that had not ended was stopped by its export. */
  private ConversationEnded ended() {
    ConversationEnded ended = document.ended();
    if (ended != null) {
      return ended;
    }
    Map<String, Usage> byAgent = new LinkedHashMap<>();
    for (Snapshot.Message message : document.messages()) {
      if (message.usage() != null) {
        byAgent.merge(message.message().sender(), message.usage(), Usage::plus);
      }
    }
    return new ConversationEnded(
        EndReason.STOPPED, null, ConversationUsage.of(byAgent, Usage.NONE));
  }

  /**
   * Returns what continues it: the next message begins a run.
   *
   * @param participants the names of the chat in which it continues
   */
  ConversationState state(List<String> participants) {
    ConversationEnded ended = ended();
    List<Utterance> utterances =
        document.messages().stream()
            .map(ImportedConversation::utterance)
            .filter(said -> !said.saysNothing() || !said.exchange().isEmpty())
            .toList();
    return new ConversationState(
        ConversationState.VERSION,
        id,
        EPOCH,
        document.topic(),
        document.run(),
        new ConversationState.Run(
            utterances.size() - 1, ended.usage(), List.of(), 0, 0, 0, 0, 0, null),
        0,
        new ConversationState.Ending(ended.reason(), ended.detail(), ended.author()),
        false,
        messageCount(),
        0,
        utterances,
        List.of(),
        ended.usage(),
        null,
        new ConversationState.Inbox(List.of(), false, List.of()),
        null,
        null,
        seats(participants));
  }

  /** Returns the seats; null if they are those of the chat and nobody is muted. */
  private @Nullable List<RosterSeat> seats(List<String> participants) {
    List<String> muted = document.muted() == null ? List.of() : document.muted();
    Set<String> here = new LinkedHashSet<>(document.agents());
    if (muted.isEmpty() && here.equals(Set.copyOf(participants))) {
      return null;
    }
    List<RosterSeat> seats = new ArrayList<>();
    for (String name : participants) {
      boolean isHere = here.remove(name);
      Seat.Status status = muted.contains(name) ? Seat.Status.MUTED : Seat.Status.ACTIVE;
      seats.add(new RosterSeat(name, isHere ? status : Seat.Status.LEFT, false, null));
    }
    for (String added : here) {
      Seat.Status status = muted.contains(added) ? Seat.Status.MUTED : Seat.Status.ACTIVE;
      seats.add(new RosterSeat(added, status, true, null));
    }
    return seats;
  }

  /** Returns how many ids count as given out, so that no later message gets one of these. */
  private int messageCount() {
    int count = document.messages().size();
    for (Snapshot.Message message : document.messages()) {
      Matcher id = NUMBERED.matcher(message.message().messageId());
      if (id.matches()) {
        count = Math.max(count, Integer.parseInt(id.group(1)));
      }
    }
    return count;
  }

  private static Utterance utterance(Snapshot.Message message) {
    NewMessage said = message.message();
    List<Snapshot.ToolUse> tools = message.tools();
    return tools == null || said.role() == NewMessage.Role.USER
        ? Utterance.of(said)
        : new Utterance(said, exchange(tools));
  }

  private static List<ChatMessage> exchange(List<Snapshot.ToolUse> tools) {
    List<ToolExecutionRequest> calls = new ArrayList<>();
    List<ChatMessage> exchange = new ArrayList<>();
    for (Snapshot.ToolUse tool : tools) {
      String result = tool.result();
      if (result != null) {
        ToolExecutionRequest call =
            ToolExecutionRequest.builder()
                .id(tool.callId())
                .name(tool.name())
                .arguments(tool.arguments())
                .build();
        calls.add(call);
        exchange.add(ToolExecutionResultMessage.from(call, result));
      }
    }
    if (!calls.isEmpty()) {
      exchange.add(0, AiMessage.from(calls));
    }
    return exchange;
  }
}
