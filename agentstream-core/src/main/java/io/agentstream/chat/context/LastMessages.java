package io.agentstream.chat.context;

import io.agentstream.chat.speaker.ModelAsker;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

record LastMessages(int n) implements ContextWindow {

  LastMessages {
    if (n < 1) {
      throw new IllegalArgumentException("lastN must be at least 1, not " + n);
    }
  }

  @Override
  public CompletionStage<List<Utterance>> view(List<Utterance> all, ModelAsker asker) {
    return CompletableFuture.completedStage(all.subList(Math.max(0, all.size() - n), all.size()));
  }
}
