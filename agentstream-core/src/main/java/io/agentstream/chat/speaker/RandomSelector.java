package io.agentstream.chat.speaker;

import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Picks any participant except the last speaker, or the only one repeatedly. AutoGen 0.7 has no
 * such team; AutoGen 0.2 had one, which by default could pick the same speaker twice in a row.
 *
 * <p>With a seed, its state is the number of picks, so that the order continues after a
 * continuation or a restore.
 */
final class RandomSelector implements SpeakerSelector {

  static final RandomSelector UNSEEDED = new RandomSelector(null);

  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  private final @Nullable Long seed;

  RandomSelector(@Nullable Long seed) {
    this.seed = seed;
  }

  @Override
  public String name() {
    return "random";
  }

  @Override
  public boolean mayBlock() {
    return false;
  }

  @Override
  public CompletionStage<Selection> select(SelectionContext context) {
    List<String> candidates = Names.without(context.lastSpeaker(), Names.of(context));
    int picks = context.state().isEmpty() ? 0 : Integer.parseInt(context.state());
    String name = candidates.get(generator(picks).nextInt(candidates.size()));
    return CompletableFuture.completedStage(
        Selection.speak(name).withState(seed == null ? "" : String.valueOf(picks + 1)));
  }

  private RandomGenerator generator(int picks) {
    return seed == null
        ? ThreadLocalRandom.current()
        : new SplittableRandom(seed + picks * GOLDEN_GAMMA);
  }
}
