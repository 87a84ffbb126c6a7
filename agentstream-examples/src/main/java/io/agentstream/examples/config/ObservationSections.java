package io.agentstream.examples.config;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code metrics}, {@code log} and {@code tracing}. */
final class ObservationSections {

  private ObservationSections() {}

  static ObservationConfig read(Section root) throws ConfigException {
    return new ObservationConfig(publicMetrics(root), log(root), otlpEndpoint(root));
  }

  private static boolean publicMetrics(Section root) throws ConfigException {
    Section section = root.section("metrics", Set.of("public"));
    Boolean open = section == null ? null : section.yesOrNo("public");
    return open != null && open;
  }

  private static LogFormat log(Section root) throws ConfigException {
    Section section = root.section("log", Set.of("format"));
    String format = section == null ? null : section.text("format");
    return format == null ? LogFormat.TEXT : ObservationConfig.logFormat("log.format", format);
  }

  private static @Nullable String otlpEndpoint(Section root) throws ConfigException {
    Section section = root.section("tracing", Set.of("otlp_endpoint"));
    String url = section == null ? null : section.text("otlp_endpoint");
    if (section != null && url != null && !ModelServer.isHttpUrl(url)) {
      throw section.wrong(
          "otlp_endpoint",
          "must be a URL that begins with http:// or https://, such as http://localhost:4318");
    }
    return url;
  }
}
