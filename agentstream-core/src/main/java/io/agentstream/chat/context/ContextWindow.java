package io.agentstream.chat.context;

import io.agentstream.chat.speaker.ModelAsker;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Chooses what of the conversation a model is shown. It chooses among whole utterances, so a tool
 * call is never parted from its result. Immutable; shared by all conversations of an agent.
 */
@FunctionalInterface
public interface ContextWindow {

  /**
   * Chooses.
   *
   * @param all everything said so far, in order
   * @param asker asks a model, for windows that summarise
   * @return what is shown, in order
   */
  CompletionStage<List<Utterance>> view(List<Utterance> all, ModelAsker asker);

  /** Everything: the default. */
  static ContextWindow everything() {
    return (all, asker) -> CompletableFuture.completedStage(all);
  }
}
