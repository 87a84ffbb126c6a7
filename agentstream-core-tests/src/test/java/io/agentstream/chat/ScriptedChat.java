package io.agentstream.chat;

import io.agentstream.test.ManualClock;
import io.agentstream.test.RecordedEvents;
import io.agentstream.test.ScriptedModel;
import java.util.Arrays;

/** A chat whose agents speak by a script. */
abstract class ScriptedChat {

  final ScriptedModel model = new ScriptedModel();
  final ManualClock clock = new ManualClock();
  final RecordedEvents events = new RecordedEvents();

  Conversation start(GroupChat chat) {
    return chat.newConversation("Will it?").inlineListener(events).start();
  }

  GroupChat chat(int rounds, String... names) {
    return builder(rounds).participants(Arrays.stream(names).map(this::agent).toList()).build();
  }

  GroupChat.Builder builder(int rounds) {
    return GroupChat.builder()
        .maxRounds(rounds)
        .clock(clock)
        .executor(Runnable::run)
        .onFailure(FailurePolicy.end());
  }

  Agent agent(String name) {
    return Agent.builder(name).model(model).retryPolicy(RetryPolicy.none()).build();
  }
}
