package io.agentstream.chat.speaker;

import io.agentstream.chat.Agent;
import io.agentstream.chat.Conversation;
import io.agentstream.chat.ConversationState;
import io.agentstream.chat.GroupChat;
import io.agentstream.chat.RetryPolicy;
import io.agentstream.event.InputRequested;
import io.agentstream.event.InputResolved;
import io.agentstream.event.SpeakerChange;
import io.agentstream.test.ManualClock;
import io.agentstream.test.RecordedEvents;
import io.agentstream.test.ScriptedModel;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Ann, Ben and Cho under a selector, on one scripted model, and the test's own thread. */
final class ChatOf {

  final ScriptedModel model = new ScriptedModel();
  final ManualClock clock = new ManualClock();
  final GroupChat.Builder chat;
  RecordedEvents events = new RecordedEvents();
  private Conversation conversation;

  ChatOf(SpeakerSelector selector, int maxRounds) {
    chat =
        GroupChat.builder()
            .participants(agents("Ann", "Ben", "Cho"))
            .speakerSelector(selector)
            .maxRounds(maxRounds)
            .clock(clock)
            .executor(Runnable::run);
  }

  List<Agent> agents(String... names) {
    return Arrays.stream(names)
        .map(
            name ->
                Agent.builder(name)
                    .introduced(false)
                    .description("Knows " + name + ".")
                    .model(model)
                    .retryPolicy(RetryPolicy.none())
                    .build())
        .toList();
  }

  Conversation start() {
    conversation = chat.build().newConversation("Tea?").inlineListener(events).start();
    return conversation;
  }

  /** Goes on elsewhere. */
  Conversation restore(ConversationState state) {
    events = new RecordedEvents();
    conversation = chat.build().restore(state).inlineListener(events).start();
    return conversation;
  }

  /** Names Ben, wherever a person is asked who speaks. */
  void answerPending() {
    for (InputRequested request : pending()) {
      conversation.input(request.requestId(), "Ben").join();
    }
  }

  List<InputRequested> pending() {
    Set<String> resolved =
        events.of(InputResolved.class).stream()
            .map(InputResolved::requestId)
            .collect(Collectors.toSet());
    return events.of(InputRequested.class).stream()
        .filter(request -> !resolved.contains(request.requestId()))
        .toList();
  }

  List<String> speakers() {
    return events.of(SpeakerChange.class).stream().map(SpeakerChange::agentName).toList();
  }
}
