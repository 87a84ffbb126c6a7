package io.agentstream.teams;

import dev.langchain4j.model.chat.StreamingChatModel;
import io.agentstream.chat.Agent;
import io.agentstream.chat.FailurePolicy;
import io.agentstream.chat.GroupChat;
import io.agentstream.chat.InputTimeoutPolicy;
import io.agentstream.chat.InterruptedCallPolicy;
import io.agentstream.chat.RetryPolicy;
import io.agentstream.chat.context.ContextWindow;
import io.agentstream.chat.context.TokenEstimator;
import io.agentstream.event.TurnFinishReason;
import io.agentstream.settings.Limits;
import io.agentstream.settings.Timeouts;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Builds the agents and chats of a file, each once. Not thread-safe. */
final class ChatBuilder {

  private final TeamFile file;
  private final TeamSetup setup;
  private final Parts parts;
  private final Map<String, Agent> others;
  private final Map<String, Agent> agents = new LinkedHashMap<>();
  private final Map<String, GroupChat> chats = new LinkedHashMap<>();

  ChatBuilder(TeamFile file, TeamSetup setup, Parts parts) {
    this(file, setup, parts, Map.of());
  }

  /**
   * Builds chats that others take part in too.
   *
   * @param others participants that the file does not hold, by name
   */
  ChatBuilder(TeamFile file, TeamSetup setup, Parts parts, Map<String, Agent> others) {
    this.others = others;
    this.file = file;
    this.setup = setup;
    this.parts = parts;
  }

  Agent agent(AgentSpec spec) {
    Agent built = agents.get(spec.name());
    if (built == null) {
      built = build(spec);
      agents.put(spec.name(), built);
    }
    return built;
  }

  GroupChat chat(TeamSpec spec) {
    GroupChat built = chats.get(spec.name());
    if (built == null) {
      built = build(spec);
      chats.put(spec.name(), built);
    }
    return built;
  }

  private Agent build(AgentSpec spec) {
    Agent.Builder agent = Agent.builder(spec.name()).model(parts.model(spec.model()));
    Given.set(spec.description(), agent::description);
    Given.set(spec.systemPrompt(), agent::systemPrompt);
    if (spec.fallback() != null) {
      agent.fallbackModel(parts.model(spec.fallback()));
    }
    Given.set(spec.maxToolRounds(), agent::maxToolRounds);
    Given.set(spec.temperature(), agent::temperature);
    Given.set(spec.maxTokens(), agent::maxTokens);
    if (spec.retries() != null) {
      agent.retryPolicy(retries(spec.retries()));
    }
    if (spec.timeouts() != null) {
      Timeouts.Builder timeouts = setup.timeouts().toBuilder();
      spec.timeouts().applyTo(timeouts);
      agent.timeouts(timeouts.build());
    }
    if (spec.context() != null) {
      agent.contextWindow(window(spec.context(), spec.model()));
    }
    agent.thinkingShown(spec.thinking() != AgentSpec.Thinking.HIDDEN);
    Given.set(spec.thoughtsInText(), agent::thoughtsInText);
    Given.set(spec.introduced(), agent::introduced);
    if (spec.missingFinishReason() == AgentSpec.MissingFinishReason.STOP) {
      agent.missingFinishReason(TurnFinishReason.STOP);
    }
    addTools(spec, agent);
    return agent.build();
  }

  private void addTools(AgentSpec spec, Agent.Builder agent) {
    Set<String> approved = new HashSet<>();
    Set<String> idempotent = new HashSet<>();
    Set<String> listed = new HashSet<>();
    for (String name : spec.tools()) {
      Parts.Tools tools = parts.tools(name);
      addSource(spec, tools, listed, agent);
      for (Parts.LetIn each : tools.fixed()) {
        checkFree(spec, each.tool().specification().name(), listed);
        agent.tool(each.tool().specification(), each.tool().executor());
        if (each.approved()) {
          approved.add(each.tool().specification().name());
        }
        if (each.idempotent()) {
          idempotent.add(each.tool().specification().name());
        }
      }
    }
    agent.needsApproval(call -> approved.contains(call.name()));
    agent.interruptedCalls(
        call ->
            idempotent.contains(call.name())
                ? InterruptedCallPolicy.CALL_AGAIN
                : InterruptedCallPolicy.ASK);
  }

  private static void addSource(
      AgentSpec spec, Parts.Tools tools, Set<String> listed, Agent.Builder agent) {
    if (tools.source() != null) {
      tools.listed().forEach(tool -> checkFree(spec, tool, listed));
      agent.toolSource(tools.source());
    }
  }

  private static void checkFree(AgentSpec spec, String tool, Set<String> listed) {
    if (!listed.add(tool)) {
      throw new IllegalArgumentException(
          "Agent '" + spec.name() + "' has two tools called '" + tool + "'");
    }
  }

  private static RetryPolicy retries(AgentSpec.Retries spec) {
    RetryPolicy defaults = RetryPolicy.defaults();
    Duration first = duration(spec.firstSeconds(), defaults.first());
    Duration longest =
        duration(
            spec.longestSeconds(),
            defaults.longest().compareTo(first) < 0 ? first : defaults.longest());
    return new RetryPolicy(
        spec.count() == null ? defaults.retries() : spec.count(),
        first,
        longest,
        spec.jitter() == null ? defaults.jitter() : spec.jitter());
  }

  private static Duration duration(@Nullable Double seconds, Duration otherwise) {
    return seconds == null ? otherwise : Duration.ofMillis(Math.round(seconds * 1_000));
  }

  private ContextWindow window(ContextSpec spec, @Nullable String ownModel) {
    if (spec instanceof ContextSpec.Last last) {
      return ContextWindow.lastN(last.last());
    }
    if (spec instanceof ContextSpec.Tokens tokens) {
      return ContextWindow.tokenLimit(tokens.tokens(), TokenEstimator.byLength());
    }
    if (spec instanceof ContextSpec.HeadAndTail ends) {
      return ContextWindow.headAndTail(ends.head(), ends.tail());
    }
    if (spec instanceof ContextSpec.Summary summary) {
      String named = summary.summary().model();
      StreamingChatModel model = parts.model(named == null ? ownModel : named);
      return ContextWindow.summary(model, summary.summary().keepLast());
    }
    return ContextWindow.everything();
  }

  private GroupChat build(TeamSpec spec) {
    GroupChat.Builder chat =
        GroupChat.builder()
            .participants(
                spec.participants().stream().map(name -> participant(spec, name)).toList())
            .sampleTopics(spec.samples())
            .timeouts(timeouts(spec))
            .limits(limits(spec));
    Given.set(spec.description(), chat::description);
    if (spec.speakerSelection() != null) {
      chat.speakerSelector(Selections.build(spec.speakerSelection(), parts));
    }
    if (spec.endWhen() != null) {
      chat.terminateWhen(Ends.build(spec.endWhen(), parts));
    }
    Given.set(spec.maxRounds(), chat::maxRounds);
    Given.set(spec.callDepth(), chat::callDepth);
    if (spec.onFailure() instanceof TeamSpec.End) {
      chat.onFailure(FailurePolicy.end());
    } else if (spec.onFailure() instanceof TeamSpec.Skip skip && skip.skip() != null) {
      chat.onFailure(FailurePolicy.skipTurn(skip.skip()));
    }
    if (spec.input() != null && spec.input().onTimeout() == TeamSpec.OnTimeout.GO_ON) {
      chat.onInputTimeout(InputTimeoutPolicy.GO_ON);
    }
    Given.set(setup.clock(), chat::clock);
    Given.set(setup.executor(), chat::executor);
    return chat.build();
  }

  private Agent participant(TeamSpec spec, String name) {
    for (PersonSpec person : spec.people()) {
      if (person.name().equals(name)) {
        return person.build().asAgent();
      }
    }
    return participant(name);
  }

  private Agent participant(String name) {
    for (AgentSpec agent : file.agents()) {
      if (agent.name().equals(name)) {
        return agent(agent);
      }
    }
    for (PersonSpec person : file.people()) {
      if (person.name().equals(name)) {
        return person.build().asAgent();
      }
    }
    for (TeamSpec team : file.teams()) {
      if (team.name().equals(name)) {
        String description = team.description();
        return chat(team).asAgent(name, description == null ? "" : description);
      }
    }
    Agent other = others.get(name);
    if (other == null) {
      throw new IllegalArgumentException("There is no agent and no team '" + name + "'");
    }
    return other;
  }

  private Timeouts timeouts(TeamSpec spec) {
    Timeouts.Builder timeouts = setup.timeouts().toBuilder();
    if (spec.timeouts() != null) {
      spec.timeouts().applyTo(timeouts);
    }
    if (spec.input() != null && spec.input().timeoutSeconds() != null) {
      timeouts.input(Duration.ofSeconds(spec.input().timeoutSeconds()));
    }
    return timeouts.build();
  }

  private Limits limits(TeamSpec spec) {
    Limits.Builder limits = setup.limits().toBuilder();
    if (spec.limits() != null) {
      spec.limits().applyTo(limits);
    }
    return limits.build();
  }
}
