package io.agentstream.examples.config;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code metrics}, {@code log} and {@code tracing}. */
final class ObservationSections {

  private static final int MAX_PORT = 65_535;

  private ObservationSections() {}

  static ObservationConfig read(Section root) throws ConfigException {
    return new ObservationConfig(metrics(root), log(root), otlpEndpoint(root));
  }

  private static MetricsSpec metrics(Section root) throws ConfigException {
    MetricsSpec defaults = MetricsSpec.defaults();
    Section section = root.section("metrics", Set.of("public", "port", "host"));
    if (section == null) {
      return defaults;
    }
    Boolean open = section.yesOrNo("public");
    Integer port = section.wholeNumber("port", 0, MAX_PORT);
    String host = section.text("host");
    if (port != null && open != null && open) {
      throw section.wrong("public", "does not go with a port; metrics.host says who reaches that");
    }
    if (port == null && host != null) {
      throw section.wrong("host", "needs a port beside it");
    }
    return new MetricsSpec(open != null && open, port, host == null ? defaults.host() : host);
  }

  private static LogFormat log(Section root) throws ConfigException {
    Section section = root.section("log", Set.of("format"));
    String format = section == null ? null : section.text("format");
    return format == null ? LogFormat.TEXT : ObservationConfig.logFormat("log.format", format);
  }

  private static @Nullable String otlpEndpoint(Section root) throws ConfigException {
    Section section = root.section("tracing", Set.of("otlp_endpoint"));
    String url = section == null ? null : section.text("otlp_endpoint");
    if (section != null && url != null) {
      ModelServer.checkUrl(
          url,
          section.placeOf("otlp_endpoint"),
          "must be a URL that begins with http:// or https://, such as http://localhost:4318",
          "what the collector asks for as OTEL_EXPORTER_OTLP_HEADERS");
    }
    return url;
  }
}
