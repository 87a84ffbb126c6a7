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
 * A function of the user's names who speaks; where it names nobody, the next selector picks. Made
 * by {@link SpeakerSelector#function}; immutable.
 *
 * <p>As AutoGen's {@code selector_func}, but for any selector to fall through to, not only a model.
 * A name that is no participant's ends the run with {@code failed} and a log line that says so;
 * AutoGen fails somewhere behind. The state is the next selector's, which keeps it while the
 * function picks; an answer to a question that the next selector asked goes to that selector.
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

  /** The same, with this selector asked where the function names nobody. */
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
    if (name.isPresent()) {
      List<String> names = Names.of(context);
      return CompletableFuture.completedStage(
          Selection.speak(Names.check(name.get(), names, SOURCE)).withState(context.state()));
    }
    if (next == null) {
      throw new IllegalStateException(
          SOURCE + " named nobody, and no selector comes after it: call orElse(…)");
    }
    return next.select(context);
  }
}
