package io.agentstream.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files that a comparison writes. */
class ReportTest {

  private static final String PAGE =
      """
      # Performance
      <!-- figures: written by agentstream-benchmarks/compare -->
      old
      <!-- end of figures -->
      The end.
      """;

  private final Results results = new Results();

  @Test
  void figures_go_between_the_markers_and_the_rest_of_the_page_stays(@TempDir Path folder)
      throws Exception {
    results.add(Goal.atMost("steady", "CPU a token / Quarkus", 0.9, 0.812, ""));
    results.add(Goal.atMost("many", "p99", 250, 301.5, " ms"));
    results.add(Goal.none("many", "token lost", 0));
    results.add(new Table("steady", "in words", List.of("server"), List.of(List.of("Quarkus"))));
    Path page = Files.writeString(folder.resolve("performance.md"), PAGE);

    report("--quick").write(page, folder.resolve("performance"));

    assertThat(page)
        .content()
        .startsWith("# Performance\n<!-- figures")
        .endsWith("<!-- end of figures -->\nThe end.\n")
        .doesNotContain("old")
        .contains("| `steady` | CPU a token / Quarkus ≤ 0.90 | 0.81 | met |")
        .contains("| `many` | p99 ≤ 250 ms | 301.5 ms | **not met** |")
        .contains("| `many` | no token lost | 0 | met |")
        .contains("### steady: in words\n\n| server |\n|---|\n| Quarkus |");
    JsonNode json = new JsonMapper().readTree(folder.resolve("performance/results.json").toFile());
    assertThat(json.at("/goals/1/met").asBoolean()).isFalse();
    assertThat(json.at("/machine/cores").asInt()).isPositive();
  }

  @Test
  void a_plot_is_well_formed_and_names_each_server(@TempDir Path folder) throws Exception {
    TreeMap<Double, Double> line = new TreeMap<>(Map.of(10.0, 21.5, 500.0, 14.0));
    TreeMap<Double, Double> other = new TreeMap<>(Map.of(10.0, 40.0, 500.0, 14.1));
    results.add(new Plot("cost", "Cost", "conversations", "µs", Map.of("A & B", line, "C", other)));

    report().write(folder.resolve("page.md"), folder.resolve("plots"));

    Path svg = folder.resolve("plots/cost.svg");
    var document = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(svg.toFile());
    assertThat(document.getDocumentElement().getTextContent()).contains("A & B", "C", "500");
    assertThat(folder.resolve("page.md")).content().contains("![Cost](plots/cost.svg)");
  }

  private Report report(String... options) throws Exception {
    return new Report(results, Machine.here(), Options.parse(List.of(options)));
  }
}
