package io.agentstream.micrometer;

import java.util.Locale;

/** The names of observations, and of their keys. */
final class ObservationNames {

  static final String RUN = "agentstream.run";
  static final String TURN = "agentstream.turn";
  static final String MODEL_CALL = "agentstream.model.call";

  /** Keys of low cardinality; each has a value of a small set. */
  static final String SELECTION = "selection";

  static final String PROVIDER = "provider";
  static final String REASON = MetricNames.REASON;
  static final String CODE = MetricNames.CODE;
  static final String NONE = "none";

  /** Keys of high cardinality. */
  static final String CONVERSATION = "conversation";

  static final String AGENT = "agent";
  static final String MODEL = "model";
  static final String INPUT_TOKENS = "input.tokens";
  static final String OUTPUT_TOKENS = "output.tokens";

  private ObservationNames() {}

  /** Returns the name of a constant as a value of a key. */
  static String nameOf(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
