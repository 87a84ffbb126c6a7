package io.agentstream.tests.property;

import dev.langchain4j.agent.tool.ToolSpecification;
import io.agentstream.chat.Agent;
import io.agentstream.chat.GroupChat;
import io.agentstream.chat.LateClock;
import io.agentstream.chat.Person;
import io.agentstream.chat.termination.Termination;
import io.agentstream.chat.termination.TerminationCondition;
import io.agentstream.chat.termination.TerminationContext;
import io.agentstream.test.ManualClock;
import io.agentstream.test.ScriptedModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;

/**
 * Makes the chat of a {@link Setup}.
 *
 * @param executor runs the code of users
 */
record RandomChat(Setup setup, ScriptedModel model, ManualClock clock, Executor executor) {

  GroupChat chat() {
    List<Agent> participants = new ArrayList<>();
    participants.add(agent("Ann").build());
    if (setup.nested() != null) {
      participants.add(team("Duo"));
      if (setup.twoTeams()) {
        participants.add(team("Trio"));
      }
    }
    if (setup.person()) {
      participants.add(Person.builder("Kim").onTimeout(setup.onInputTimeout()).build().asAgent());
    }
    participants.add(agent("Ben").fallbackModel(model).build());
    return builder(setup.selector()).participants(participants).executor(executor).build();
  }

  private Agent team(String name) {
    return builder(setup.nested())
        .participants(agent(name + "1").build(), agent(name + "2").build())
        .build()
        .asAgent(name, "");
  }

  private GroupChat.Builder builder(SelectorKind selector) {
    return GroupChat.builder()
        .speakerSelector(selector.selector(model))
        .maxRounds(setup.maxRounds())
        .onFailure(setup.failures().policy())
        .onInputTimeout(setup.onInputTimeout())
        .terminateWhen(new Ending(setup.maxMessages(), Duration.ofMinutes(setup.minutes())))
        .clock(setup.lateAlarms() ? new LateClock(clock) : clock);
  }

  Agent.Builder agent(String name) {
    return Agent.builder(name)
        .model(model)
        .contextWindow(setup.window().window(model))
        .retryPolicy(setup.retries().policy())
        .maxToolRounds(3)
        .tool(tool("look"), (request, memory) -> "seen")
        .tool(
            tool("boom"),
            (request, memory) -> {
              throw new IllegalStateException("stubbed");
            })
        .tool(tool("dare"), (request, memory) -> "dared")
        .needsApproval(call -> call.name().equals("dare"));
  }

  private static ToolSpecification tool(String name) {
    return ToolSpecification.builder().name(name).build();
  }

  private record Ending(int messages, Duration time) implements TerminationCondition {
    @Override
    public Optional<Termination> check(TerminationContext run) {
      boolean enough = messages > 0 && run.messages().size() > messages;
      boolean late = !time.isZero() && run.elapsed().compareTo(time) >= 0;
      return enough || late ? Optional.of(Termination.terminated("stubbed")) : Optional.empty();
    }

    @Override
    public Set<Duration> deadlines() {
      return time.isZero() ? Set.of() : Set.of(time);
    }
  }
}
