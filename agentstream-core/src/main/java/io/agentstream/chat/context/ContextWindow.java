package io.agentstream.chat.context;

import dev.langchain4j.model.chat.StreamingChatModel;
import io.agentstream.chat.speaker.ModelAsker;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Chooses what of the conversation a model is shown. It chooses among whole utterances, so a tool
 * call is never parted from its result. Immutable; shared by all conversations of an agent.
 *
 * <p>What a window leaves out is left out of this prompt alone: viewers, selectors and conditions
 * see everything.
 */
@FunctionalInterface
public interface ContextWindow {

  /**
   * Chooses. Called at the start of each turn, in the conversation's serial order; must not block.
   * If it throws, or its result fails, the turn fails.
   *
   * @param all everything said so far, in order; the topic is the first
   * @param asker asks a model, for windows that summarise
   * @return what is shown, in order
   */
  CompletionStage<List<Utterance>> view(List<Utterance> all, ModelAsker asker);

  /** Everything: the default. AutoGen's {@code UnboundedChatCompletionContext}. */
  static ContextWindow everything() {
    return (all, asker) -> CompletableFuture.completedStage(all);
  }

  /**
   * The newest {@code n} messages and nothing else: the topic goes like any other, as in AutoGen's
   * {@code BufferedChatCompletionContext}. {@link #headAndTail} with a head of 1 keeps it.
   *
   * @param n from 1
   */
  static ContextWindow lastN(int n) {
    return new LastMessages(n);
  }

  /**
   * The topic, and as many of the newest messages as fit into {@code tokens} together with it;
   * where that leaves a gap, a note says so. The newest message is shown even if it alone is too
   * long. The system prompt and the descriptions of tools are not counted; the messages of tool
   * calls are. AutoGen's {@code TokenLimitedChatCompletionContext}, which takes messages from the
   * middle too.
   *
   * @param tokens from 1
   */
  static ContextWindow tokenLimit(int tokens, TokenEstimator estimator) {
    return new TokenLimit(tokens, estimator);
  }

  /**
   * The first {@code head} messages and the last {@code tail}, with a note on how many lie between.
   * AutoGen's {@code HeadAndTailChatCompletionContext}.
   *
   * @param head from 0
   * @param tail from 1
   */
  static ContextWindow headAndTail(int head, int tail) {
    return new HeadAndTail(head, tail);
  }

  /**
   * The topic, a summary of what followed, and at least the last {@code keepLast} messages. The
   * summary grows by {@code keepLast} messages at a time, from the one before it, so the model is
   * asked once for so many messages and not before every turn; what it uses counts as overhead. If
   * it fails, this turn is shown a note instead of what is not summarised, and the next turn asks
   * again. AutoGen has none.
   *
   * <p>The newest summaries are kept in memory, found again by a digest of what they summarise.
   * They are no part of a conversation's state: after a restore elsewhere the model is asked anew.
   *
   * @param model writes the summary
   * @param keepLast from 1
   */
  static ContextWindow summary(StreamingChatModel model, int keepLast) {
    return new Summary(model, keepLast);
  }
}
