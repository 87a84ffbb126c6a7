package io.agentstream.examples.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.hawkular.agent.prometheus.text.TextPrometheusMetricDataParser;
import org.hawkular.agent.prometheus.types.Counter;
import org.hawkular.agent.prometheus.types.Gauge;
import org.hawkular.agent.prometheus.types.Histogram;
import org.hawkular.agent.prometheus.types.Metric;
import org.hawkular.agent.prometheus.types.MetricFamily;

/** The result of one scrape of {@code /metrics}, read by a parser of Prometheus's text format. */
final class ScrapedMetrics {

  private final Map<String, MetricFamily> families = new LinkedHashMap<>();

  private ScrapedMetrics(String text) {
    TextPrometheusMetricDataParser parser =
        new TextPrometheusMetricDataParser(
            new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    try {
      for (MetricFamily family = parser.parse(); family != null; family = parser.parse()) {
        families.put(family.getName(), family);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ScrapedMetrics of(ServerProcess server) throws Exception {
    HttpResponse<String> response =
        HttpClient.newHttpClient()
            .send(HttpRequest.newBuilder(server.http("/metrics")).build(), BodyHandlers.ofString());
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("content-type"))
        .hasValue("text/plain; version=0.0.4;charset=utf-8");
    return new ScrapedMetrics(response.body());
  }

  Set<String> names() {
    return families.keySet();
  }

  /** The sum over all labels, as a whole number. */
  long value(String name) {
    return value(name, Map.of());
  }

  /** The sum over all that carry these labels. */
  long value(String name, Map<String, String> labels) {
    MetricFamily family = families.get(name);
    assertThat(family).as(name).isNotNull();
    return Math.round(
        family.getMetrics().stream()
            .filter(metric -> metric.getLabels().entrySet().containsAll(labels.entrySet()))
            .mapToDouble(ScrapedMetrics::valueOf)
            .sum());
  }

  Histogram histogram(String name) {
    return (Histogram) families.get(name).getMetrics().get(0);
  }

  /** Every label of the server's own metrics, with its value. */
  Set<String> ownLabels() {
    Set<String> labels = new TreeSet<>();
    families.values().stream()
        .filter(family -> family.getName().startsWith("agentstream_"))
        .flatMap(family -> family.getMetrics().stream())
        .map(Metric::getLabels)
        .forEach(all -> all.forEach((label, value) -> labels.add(label + "=" + value)));
    return labels;
  }

  private static double valueOf(Metric metric) {
    if (metric instanceof Counter counter) {
      return counter.getValue();
    }
    return ((Gauge) metric).getValue();
  }
}
