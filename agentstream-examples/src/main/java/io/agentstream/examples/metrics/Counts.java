package io.agentstream.examples.metrics;

import io.agentstream.chat.ConversationBuilder;
import io.agentstream.delivery.DeliveryListener;
import io.agentstream.event.EndReason;
import io.agentstream.event.ErrorCause;
import io.agentstream.event.ErrorCode;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Everything that is counted as it happens: one adder each, so that a token costs an addition. */
final class Counts implements DeliveryListener {

  final LongAdder started = new LongAdder();
  final Map<EndReason, LongAdder> ended = adders(EnumSet.allOf(EndReason.class));
  final LongAdder tokens = new LongAdder();
  final LongAdder thinkingTokens = new LongAdder();
  final LongAdder frames = new LongAdder();
  final LongAdder mergedFrames = new LongAdder();
  final LongAdder mergedTokens = new LongAdder();
  final LongAdder resyncs = new LongAdder();
  final LongAdder modelCalls = new LongAdder();
  final LongAdder retries = new LongAdder();
  final Map<ErrorCause, LongAdder> upstreamErrors = adders(EnumSet.allOf(ErrorCause.class));
  final LongAdder otherErrors = new LongAdder();

  /** Commands refused by a limit of the server's own. */
  final Map<ErrorCode, LongAdder> refusals =
      adders(
          EnumSet.of(
              ErrorCode.RATE_LIMITED,
              ErrorCode.LIMIT_EXCEEDED,
              ErrorCode.BUDGET_EXCEEDED,
              ErrorCode.UNAVAILABLE));

  private final LongConsumer firstTokenAfterNanos;

  /**
   * @param firstTokenAfterNanos told how long each answer took to its first token
   */
  Counts(LongConsumer firstTokenAfterNanos) {
    this.firstTokenAfterNanos = firstTokenAfterNanos;
  }

  private static <E extends Enum<E>> Map<E, LongAdder> adders(EnumSet<E> keys) {
    return keys.stream().collect(Collectors.toUnmodifiableMap(key -> key, key -> new LongAdder()));
  }

  void ended(EndReason reason) {
    Objects.requireNonNull(ended.get(reason)).increment();
  }

  /** A call to a model has failed; one without a cause is a defect of the server. */
  void upstreamError(@Nullable ErrorCause cause) {
    (cause == null ? otherErrors : Objects.requireNonNull(upstreamErrors.get(cause))).increment();
  }

  @Override
  public void onConversation(ConversationBuilder conversation) {
    ConversationCounts counts = new ConversationCounts(this, firstTokenAfterNanos);
    conversation.inlineListener(counts).modelCallListener(counts);
  }

  @Override
  public void onRefused(ErrorCode code) {
    LongAdder adder = refusals.get(code);
    if (adder != null) {
      adder.increment();
    }
  }

  @Override
  public void onFrame() {
    frames.increment();
  }

  @Override
  public void onMerge(int tokens) {
    mergedFrames.increment();
    mergedTokens.add(tokens);
  }

  @Override
  public void onResync() {
    resyncs.increment();
  }
}
