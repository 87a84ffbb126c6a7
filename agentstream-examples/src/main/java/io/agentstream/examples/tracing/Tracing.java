package io.agentstream.examples.tracing;

import io.agentstream.examples.config.ConfigException;
import io.agentstream.examples.config.ObservationConfig;
import io.agentstream.opentelemetry.ConversationTracing;
import io.agentstream.viewer.DeliveryListener;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigurationException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Exports conversations as OpenTelemetry spans, to the endpoint that the environment's {@code
 * OTEL_} variables or the configuration's {@code tracing.otlp_endpoint} name. If neither names one,
 * nothing is exported and no class of OpenTelemetry is loaded.
 */
public final class Tracing implements AutoCloseable {

  private static final String DISABLED = "OTEL_SDK_DISABLED";
  private static final String EXPORTER = "OTEL_TRACES_EXPORTER";
  private static final List<String> ENDPOINTS =
      List.of("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT");

  /** How long the last spans may take when the server ends. */
  private static final int FLUSH_SECONDS = 1;

  private final OpenTelemetrySdk sdk;

  private Tracing(OpenTelemetrySdk sdk) {
    this.sdk = sdk;
  }

  /**
   * Starts the exporter; empty where none is configured.
   *
   * @throws ConfigException if its settings are wrong
   */
  public static Optional<Tracing> start(ObservationConfig config, Map<String, String> environment)
      throws ConfigException {
    if (!isConfigured(config, environment)) {
      return Optional.empty();
    }
    JulToSlf4j.install();
    try {
      return Optional.of(
          new Tracing(
              AutoConfiguredOpenTelemetrySdk.builder()
                  .addPropertiesSupplier(() -> defaults(config))
                  .disableShutdownHook()
                  .build()
                  .getOpenTelemetrySdk()));
    } catch (ConfigurationException | IllegalArgumentException | IllegalStateException e) {
      throw new ConfigException("tracing: " + e.getMessage());
    }
  }

  private static boolean isConfigured(ObservationConfig config, Map<String, String> environment) {
    String exporter = environment.getOrDefault(EXPORTER, "").strip();
    if (environment.getOrDefault(DISABLED, "").strip().equalsIgnoreCase("true")
        || exporter.equals("none")) {
      return false;
    }
    return config.otlpEndpoint() != null
        || !exporter.isEmpty()
        || ENDPOINTS.stream().anyMatch(name -> !environment.getOrDefault(name, "").isBlank());
  }

  /** Returns the defaults, which the environment may replace. */
  private static Map<String, String> defaults(ObservationConfig config) {
    Map<String, String> properties = new HashMap<>();
    properties.put("otel.service.name", "agentstream");
    properties.put("otel.metrics.exporter", "none");
    properties.put("otel.logs.exporter", "none");
    properties.put("otel.exporter.otlp.protocol", "http/protobuf");
    if (config.otlpEndpoint() != null) {
      properties.put("otel.exporter.otlp.endpoint", config.otlpEndpoint());
    }
    return properties;
  }

  /** Returns the listener for the hub's builder. */
  public DeliveryListener listener() {
    return new ConversationTracing(sdk);
  }

  /** Sends what is left, but does not wait long for it. */
  @Override
  public void close() {
    sdk.shutdown().join(FLUSH_SECONDS, TimeUnit.SECONDS);
  }
}
