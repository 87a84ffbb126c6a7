package io.agentstream.chat.speaker;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Calls a user-supplied function to pick the next speaker. If it returns empty, the {@code orElse}
 * selector decides. Created by {@link SpeakerSelector#function}; immutable.
 *
 * <p>It resembles AutoGen's {@code selector_func}, but any selector can follow, not only a model. A
 * name that is not a participant's ends the run with {@code failed} and a log line; AutoGen fails
 * later. If the participant is muted or has left, the next selector decides, or else the next in
 * order speaks. The state is that of the next selector, which keeps it while the function picks. An
 * answer to a question of the next selector goes to that selector.
 */
public final class FunctionSelector implements SpeakerSelector {

  private static final String SOURCE = "The function that picks the speaker";

  private final Function<SelectionContext, Optional<String>> function;
  private final @Nullable SpeakerSelector next;

  FunctionSelector(
      Function<SelectionContext, Optional<String>> function, @Nullable SpeakerSelector next) {
    this.function = Objects.requireNonNull(function, "function");
    this.next = next;
  }

  /** Returns a selector that asks {@code next} if the function returns empty. */
  public FunctionSelector orElse(SpeakerSelector next) {
    return new FunctionSelector(function, Objects.requireNonNull(next, "next"));
  }

  @Override
  public String name() {
    return "function";
  }

  @Override
  public Set<String> toolNames(List<Participant> participants) {
    return next == null ? Set.of() : next.toolNames(participants);
  }

  @Override
  public CompletionStage<Selection> select(SelectionContext context) {
    Optional<String> name =
        context.input() == null ? function.apply(context) : Optional.<String>empty();
    boolean decides = name.isPresent() && (next == null || !Names.isSilent(context, name.get()));
    if (decides) {
      return CompletableFuture.completedStage(
          Selection.speak(Names.checkGiven(name.get(), context, SOURCE))
              .withState(context.state()));
    }
    if (next == null) {
      throw new IllegalStateException(
          SOURCE + " named nobody, and no selector comes after it: call orElse(…)");
    }
    return next.select(context);
  }
}
