package io.agentstream.examples.terminal;

import io.agentstream.chat.Agent;
import io.agentstream.chat.ModelCheck;
import io.agentstream.chat.ModelFailure;
import io.agentstream.examples.server.ConfiguredModel;
import io.agentstream.upstream.openai.OpenAiCompatibleModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Formats the result of a check as one line. */
final class CheckLine {

  private CheckLine() {}

  static String of(ConfiguredModel model, ModelCheck check) {
    ModelFailure failure = check.failure();
    String found = failure == null ? String.join(", ", abilities(check)) : sentence(failure);
    String line =
        (failure == null ? "ok      " : "failed  ")
            + model.label()
            + users(model.agents())
            + ": "
            + found
            + refused(model);
    return Harmless.line(line);
  }

  private static String users(List<Agent> agents) {
    return agents.isEmpty()
        ? " (picks speakers)"
        : agents.stream().map(Agent::name).collect(Collectors.joining(", ", " (", ")"));
  }

  private static List<String> abilities(ModelCheck check) {
    List<String> found = new ArrayList<>();
    found.add("reachable");
    Duration first = check.firstToken();
    if (first == null) {
      found.add("no text within five tokens");
    } else {
      found.add(check.streams() ? "streams" : "does not stream (one piece came)");
      found.add("first token after " + first.toMillis() + " ms");
    }
    found.add(tools(check, check.toolFailure()));
    found.add(check.thinks() ? "thinking" : "no thinking");
    return found;
  }

  private static String tools(ModelCheck check, @Nullable ModelFailure failure) {
    if (check.callsTools()) {
      return "calls tools";
    }
    return failure == null
        ? "did not call the tool it was asked to call"
        : "no tools (" + sentence(failure) + ")";
  }

  private static String sentence(ModelFailure failure) {
    return failure.message() + " " + failure.advice();
  }

  private static String refused(ConfiguredModel configured) {
    return configured.model() instanceof OpenAiCompatibleModel model && !model.refused().isEmpty()
        ? "; refuses " + String.join("; refuses ", model.refused())
        : "";
  }
}
