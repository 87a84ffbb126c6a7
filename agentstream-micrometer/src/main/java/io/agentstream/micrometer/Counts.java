package io.agentstream.micrometer;

import io.agentstream.chat.ConversationBuilder;
import io.agentstream.chat.ModelFailure;
import io.agentstream.event.EndReason;
import io.agentstream.event.ErrorCause;
import io.agentstream.event.ErrorCode;
import io.agentstream.viewer.DeliveryListener;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Everything that is counted as it happens, one adder each: a token costs one addition. */
final class Counts implements DeliveryListener, MeterBinder {

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
   * @param firstTokenAfterNanos receives how long each message took to its first token
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

  /** Counts a failed call to a model. A failure without a cause is a defect of the server. */
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

  @Override
  public void bindTo(MeterRegistry registry) {
    CounterRegistry counters = new CounterRegistry(registry);
    conversations(counters);
    delivery(counters);
    models(counters);
  }

  private void conversations(CounterRegistry registry) {
    registry.counter(MetricNames.CONVERSATIONS_STARTED, "Runs of conversations started", started);
    registry.counters(
        MetricNames.CONVERSATIONS_ENDED, "Runs of conversations ended", MetricNames.REASON, ended);
    String description = "Pieces of text that models have sent";
    registry.counter(MetricNames.TOKENS, description, Tags.of(MetricNames.KIND, "answer"), tokens);
    registry.counter(
        MetricNames.TOKENS, description, Tags.of(MetricNames.KIND, "thinking"), thinkingTokens);
  }

  private void delivery(CounterRegistry registry) {
    registry.counters(
        MetricNames.REFUSALS,
        "Commands refused by one of the server's own limits",
        MetricNames.CODE,
        refusals);
    registry.counter(MetricNames.FRAMES_SENT, "Frames handed to sockets", frames);
    registry.counter(MetricNames.FRAMES_MERGED, "Frames of several tokens", mergedFrames);
    registry.counter(MetricNames.TOKENS_MERGED, "Tokens in frames of several", mergedTokens);
    registry.counter(
        MetricNames.RESYNCS, "Snapshots sent to viewers that had fallen behind", resyncs);
  }

  private void models(CounterRegistry registry) {
    registry.counter(MetricNames.MODEL_CALLS, "Calls to models", modelCalls);
    upstreamErrors.forEach(
        (cause, adder) ->
            upstreamErrors(
                registry, ModelFailure.codeOf(cause), CounterRegistry.name(cause), adder));
    upstreamErrors(registry, ErrorCode.INTERNAL, "none", otherErrors);
    registry.counter(MetricNames.UPSTREAM_RETRIES, "Calls to models that were made again", retries);
  }

  private static void upstreamErrors(
      CounterRegistry registry, ErrorCode code, String cause, LongAdder adder) {
    registry.counter(
        MetricNames.UPSTREAM_ERRORS,
        "Calls to models that failed",
        Tags.of(MetricNames.CODE, CounterRegistry.name(code), MetricNames.CAUSE, cause),
        adder);
  }
}
