package io.agentstream.chat.context;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import io.agentstream.chat.speaker.ModelAsker;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

record TokenLimit(int tokens, TokenEstimator estimator) implements ContextWindow {

  TokenLimit {
    if (tokens < 1) {
      throw new IllegalArgumentException("tokenLimit must be at least 1, not " + tokens);
    }
    Objects.requireNonNull(estimator, "estimator");
  }

  @Override
  public CompletionStage<List<Utterance>> view(List<Utterance> all, ModelAsker asker) {
    return CompletableFuture.completedStage(all.size() < 2 ? all : choose(all));
  }

  private List<Utterance> choose(List<Utterance> all) {
    long left = tokens - estimate(all.get(0));
    int first = all.size() - 1;
    left -= estimate(all.get(first));
    while (first > 1 && left - estimate(all.get(first - 1)) >= 0) {
      first--;
      left -= estimate(all.get(first));
    }
    return Gap.between(all.subList(0, 1), first - 1, all.subList(first, all.size()));
  }

  private long estimate(Utterance utterance) {
    long said = estimator.estimate(utterance.asShownToOthers());
    return said + utterance.exchange().stream().mapToLong(this::estimate).sum();
  }

  private long estimate(ChatMessage message) {
    if (message instanceof ToolExecutionResultMessage result) {
      return estimator.estimate(String.valueOf(result.text()));
    }
    if (message instanceof AiMessage answer) {
      long text = answer.text() == null ? 0 : estimator.estimate(answer.text());
      return text
          + answer.toolExecutionRequests().stream()
              .mapToLong(call -> estimator.estimate(call.name() + call.arguments()))
              .sum();
    }
    return estimator.estimate(message.toString());
  }
}
