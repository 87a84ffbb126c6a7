package io.agentstream.chat;

import io.agentstream.event.SpeakerChange;
import io.agentstream.event.StreamingComplete;
import io.agentstream.settings.Timeouts;
import io.agentstream.test.ManualClock;
import io.agentstream.test.RecordedEvents;
import io.agentstream.test.ScriptedModel;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** A chat on one scripted model, a clock that stands still, and the test's own thread. */
abstract class ChatFixture {

  final ScriptedModel model = new ScriptedModel();
  final ManualClock clock = new ManualClock();
  final RecordedEvents events = new RecordedEvents();

  Conversation start(GroupChat.Builder chat) {
    return chat.build().newConversation("Tea?").inlineListener(events).start();
  }

  GroupChat.Builder chat(int rounds, String... names) {
    return chat(rounds, Arrays.stream(names).map(name -> agent(name).build()).toList());
  }

  GroupChat.Builder chat(int rounds, Agent... agents) {
    return chat(rounds, List.of(agents));
  }

  GroupChat.Builder chat(int rounds, List<Agent> agents) {
    return GroupChat.builder()
        .participants(agents)
        .maxRounds(rounds)
        .clock(clock)
        .executor(Runnable::run);
  }

  /** One whose prompts hold what was said and nothing else. */
  Agent.Builder agent(String name) {
    return Agent.builder(name).introduced(false).model(model).retryPolicy(RetryPolicy.none());
  }

  /** The defaults, but for a model that may be silent all day. */
  static Timeouts patient() {
    Duration day = Duration.ofDays(1);
    return Timeouts.builder().firstToken(day).tokenIdle(day).agentResponse(day).build();
  }

  List<String> speakers() {
    return events.of(SpeakerChange.class).stream().map(SpeakerChange::agentName).toList();
  }

  StreamingComplete complete(String messageId) {
    return events.of(StreamingComplete.class).stream()
        .filter(event -> event.messageId().equals(messageId))
        .findFirst()
        .orElseThrow();
  }
}
