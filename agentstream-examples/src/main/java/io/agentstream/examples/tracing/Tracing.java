package io.agentstream.examples.tracing;

import io.agentstream.chat.ConversationBuilder;
import io.agentstream.delivery.DeliveryListener;
import io.agentstream.examples.config.ConfigException;
import io.agentstream.examples.config.ObservationConfig;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigurationException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Sends conversations as OpenTelemetry spans to whatever the environment's {@code OTEL_} variables
 * say, or to {@code tracing.otlp_endpoint} of the configuration. Where neither says anything there
 * is none, and no class of OpenTelemetry is loaded.
 */
public final class Tracing implements DeliveryListener, AutoCloseable {

  private static final String DISABLED = "OTEL_SDK_DISABLED";
  private static final String EXPORTER = "OTEL_TRACES_EXPORTER";
  private static final List<String> ENDPOINTS =
      List.of("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT");

  /** How long the last spans may take when the server ends. */
  private static final int FLUSH_SECONDS = 1;

  private final OpenTelemetrySdk sdk;
  private final Tracer tracer;

  private Tracing(OpenTelemetrySdk sdk) {
    this.sdk = sdk;
    this.tracer = sdk.getTracer("io.agentstream");
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

  /** What the environment may say otherwise. */
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

  @Override
  public void onConversation(ConversationBuilder conversation) {
    ConversationSpans spans =
        new ConversationSpans(tracer, conversation.id(), conversation.chat().speakerSelection());
    conversation.inlineListener(spans).modelCallListener(spans);
  }

  /** Sends what is left, but does not wait long for it. */
  @Override
  public void close() {
    sdk.shutdown().join(FLUSH_SECONDS, TimeUnit.SECONDS);
  }
}
