package io.agentstream.examples.config;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is told to whoever runs the server.
 *
 * @param metrics who may read the metrics
 * @param log how the log is written
 * @param otlpEndpoint where traces go, unless the environment says otherwise; null for nowhere
 */
public record ObservationConfig(MetricsSpec metrics, LogFormat log, @Nullable String otlpEndpoint) {

  private static final String LOG_FORMAT = "AGENTSTREAM_LOG_FORMAT";

  /** Without the sections. */
  public static ObservationConfig defaults() {
    return new ObservationConfig(MetricsSpec.defaults(), LogFormat.TEXT, null);
  }

  /**
   * The same with what the environment says, which outranks the file.
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
