package io.agentstream.tests;

import io.agentstream.chat.Agent;
import io.agentstream.chat.Conversation;
import io.agentstream.chat.GroupChat;
import io.agentstream.chat.RetryPolicy;
import io.agentstream.test.ManualClock;
import io.agentstream.test.RecordedEvents;
import io.agentstream.test.ScriptedModel;
import java.util.Arrays;

/** A chat on one scripted model, a clock that stands still, and the test's own thread. */
abstract class ScriptedChat {

  final ScriptedModel model = new ScriptedModel();
  final ManualClock clock = new ManualClock();
  final RecordedEvents events = new RecordedEvents();

  Agent.Builder agent(String name) {
    return Agent.builder(name).model(model).retryPolicy(RetryPolicy.none());
  }

  GroupChat.Builder chat(int rounds, String... names) {
    return chat(
        rounds, Arrays.stream(names).map(name -> agent(name).build()).toArray(Agent[]::new));
  }

  GroupChat.Builder chat(int rounds, Agent... agents) {
    return GroupChat.builder()
        .participants(agents)
        .maxRounds(rounds)
        .clock(clock)
        .executor(Runnable::run);
  }

  Conversation start(GroupChat.Builder chat) {
    return chat.build().newConversation("Why?").inlineListener(events).start();
  }
}
