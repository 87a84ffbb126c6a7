package io.agentstream.examples.config;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The settings for metrics, log and traces.
 *
 * @param metrics access to the metrics
 * @param log the log's format
 * @param otlpEndpoint the destination of traces, unless the environment sets another; null for none
 */
public record ObservationConfig(MetricsSpec metrics, LogFormat log, @Nullable String otlpEndpoint) {

  private static final String LOG_FORMAT = "AGENTSTREAM_LOG_FORMAT";

  /** Returns the defaults, for a file without these sections. */
  public static ObservationConfig defaults() {
    return new ObservationConfig(MetricsSpec.defaults(), LogFormat.TEXT, null);
  }

  /**
   * Returns the same settings with the environment's values, which override the file.
   *
   * @throws ConfigException if {@code AGENTSTREAM_LOG_FORMAT} is neither {@code text} nor {@code
   *     json}; blank counts as absent
   */
  public ObservationConfig with(Map<String, String> environment) throws ConfigException {
    String format = environment.getOrDefault(LOG_FORMAT, "").strip();
    return format.isEmpty()
        ? this
        : new ObservationConfig(metrics, logFormat(LOG_FORMAT, format), otlpEndpoint);
  }

  static LogFormat logFormat(String place, String format) throws ConfigException {
    for (LogFormat known : LogFormat.values()) {
      if (known.name().toLowerCase(Locale.ROOT).equals(format)) {
        return known;
      }
    }
    throw ConfigException.at(place, "must be text or json");
  }
}
