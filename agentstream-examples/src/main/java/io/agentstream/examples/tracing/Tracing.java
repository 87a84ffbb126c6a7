package io.agentstream.examples.tracing;

import io.agentstream.examples.config.ConfigException;
import io.agentstream.examples.config.ObservationConfig;
import io.agentstream.opentelemetry.ConversationTracing;
import io.agentstream.viewer.DeliveryListener;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigurationException;
import io.opentelemetry.sdk.common.CompletableResultCode;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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

  /** How long {@link #close} may take, as OpenTelemetry's own exit hook. */
  public static final Duration LONGEST_CLOSE = Duration.ofSeconds(10);

  private static final Logger log = LoggerFactory.getLogger(Tracing.class);

  /** After this somebody who stops the server wonders what it waits for. */
  private static final Duration SOON = Duration.ofSeconds(1);

  private final OpenTelemetrySdk sdk;
  private final AtomicBoolean failed;

  private Tracing(OpenTelemetrySdk sdk, AtomicBoolean failed) {
    this.sdk = sdk;
    this.failed = failed;
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
    AtomicBoolean failed = new AtomicBoolean();
    try {
      return Optional.of(
          new Tracing(
              AutoConfiguredOpenTelemetrySdk.builder()
                  .addPropertiesSupplier(() -> defaults(config))
                  .addSpanExporterCustomizer(
                      (exporter, properties) -> new WatchedExporter(exporter, failed))
                  .disableShutdownHook()
                  .build()
                  .getOpenTelemetrySdk(),
              failed));
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

  /** Sends what is left; waits for the collector up to {@link #LONGEST_CLOSE}. */
  @Override
  public void close() {
    failed.set(false);
    if (!isEverythingTried() || failed.get()) {
      log.warn("The collector of traces has not taken the last spans; they may be lost");
    }
  }

  private boolean isEverythingTried() {
    CompletableResultCode tried = sdk.shutdown();
    if (!tried.join(SOON.toMillis(), TimeUnit.MILLISECONDS).isDone()) {
      log.info(
          "The collector of traces has not taken the last spans yet; waiting up to {} s",
          LONGEST_CLOSE.toSeconds());
      tried.join(LONGEST_CLOSE.minus(SOON).toMillis(), TimeUnit.MILLISECONDS);
    }
    return tried.isDone();
  }
}
