package io.agentstream.chat.context;

import io.agentstream.chat.speaker.ModelAsker;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

record HeadAndTail(int head, int tail) implements ContextWindow {

  HeadAndTail {
    if (head < 0) {
      throw new IllegalArgumentException("head must be at least 0, not " + head);
    }
    if (tail < 1) {
      throw new IllegalArgumentException("tail must be at least 1, not " + tail);
    }
  }

  @Override
  public CompletionStage<List<Utterance>> view(List<Utterance> all, ModelAsker asker) {
    int left = (int) Math.max(0, (long) all.size() - head - tail);
    List<Utterance> view =
        left == 0
            ? all
            : Gap.between(all.subList(0, head), left, all.subList(all.size() - tail, all.size()));
    return CompletableFuture.completedStage(view);
  }
}
