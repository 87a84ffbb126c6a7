package io.agentstream.micrometer;

/**
 * The names of all metrics, in Micrometer's spelling. Prometheus has {@code _} for the dots, {@code
 * _total} behind counters, and {@code _seconds} behind times.
 */
final class MetricNames {

  /** All names begin with it. */
  static final String PREFIX = "agentstream.";

  static final String CONVERSATIONS = "agentstream.conversations.running";
  static final String CONVERSATIONS_STARTED = "agentstream.conversations.started";
  static final String CONVERSATIONS_ENDED = "agentstream.conversations.ended";
  static final String CONVERSATIONS_KEPT = "agentstream.conversations.kept";
  static final String KEPT_BYTES = "agentstream.conversations.kept.bytes";
  static final String REFUSALS = "agentstream.refusals";
  static final String UNAUTHENTICATED = "agentstream.connections.unauthenticated";
  static final String CONNECTIONS = "agentstream.connections";
  static final String VIEWERS = "agentstream.viewers";
  static final String TOKENS = "agentstream.tokens";
  static final String TIME_TO_FIRST_TOKEN = "agentstream.time.to.first.token";
  static final String ANSWERS_WAITING = "agentstream.answers.waiting";
  static final String VIEWERS_BEHIND = "agentstream.viewers.behind";
  static final String EVENTS_BEHIND = "agentstream.events.behind";
  static final String FRAMES_SENT = "agentstream.frames.sent";
  static final String FRAMES_MERGED = "agentstream.frames.merged";
  static final String TOKENS_MERGED = "agentstream.tokens.merged";
  static final String RESYNCS = "agentstream.resyncs";
  static final String MODEL_CALLS = "agentstream.model.calls";
  static final String UPSTREAM_ERRORS = "agentstream.upstream.errors";
  static final String UPSTREAM_RETRIES = "agentstream.upstream.retries";
  static final String STORE_WRITES = "agentstream.store.writes";
  static final String STORE_FAILURES = "agentstream.store.failures";
  static final String STORE_QUEUED = "agentstream.store.queued";
  static final String DRAINING = "agentstream.draining";

  /** Tags; each has a value of a fixed, small set. */
  static final String REASON = "reason";

  static final String CODE = "code";
  static final String CAUSE = "cause";
  static final String KIND = "kind";

  private MetricNames() {}
}
