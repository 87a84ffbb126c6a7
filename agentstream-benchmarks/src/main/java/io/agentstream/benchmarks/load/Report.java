package io.agentstream.benchmarks.load;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** Writes the results: Markdown between two markers of a page, plots, and all rounds as JSON. */
record Report(Results results, Machine machine, Options options) {

  private static final String BEGIN = "<!-- figures: written by agentstream-benchmarks/compare -->";
  private static final String END = "<!-- end of figures -->";

  /**
   * @param page the page, whose text outside the markers stays; need not exist
   * @param folder for plots and JSON, beside the page
   */
  void write(Path page, Path folder) throws IOException {
    Files.createDirectories(folder);
    for (Plot plot : results.plots()) {
      Files.writeString(folder.resolve(plot.file() + ".svg"), plot.svg());
    }
    Files.writeString(folder.resolve("results.json"), json() + "\n");
    String before = Files.exists(page) ? Files.readString(page) : BEGIN + "\n" + END + "\n";
    Files.writeString(page, between(before, figures(folder.getFileName() + "/")));
  }

  private static String between(String page, String figures) {
    int begin = page.indexOf(BEGIN);
    int end = page.indexOf(END);
    if (begin < 0 || end < begin) {
      throw new IllegalStateException("The page lacks the line " + BEGIN + " or " + END);
    }
    return page.substring(0, begin + BEGIN.length()) + "\n" + figures + page.substring(end);
  }

  String figures(String folder) {
    StringBuilder text = new StringBuilder("\n");
    text.append(LocalDate.now(ZoneOffset.UTC)).append(", ").append(machine.inWords());
    text.append("; rounds: ").append(options.rounds());
    text.append(options.quick() ? ". A quick run: these figures say little.\n\n" : ".\n\n");
    goals(text);
    results.tables().forEach(table -> text.append(table.markdown()).append('\n'));
    for (Plot plot : results.plots()) {
      text.append("![%s](%s%s.svg)%n%n".formatted(plot.title(), folder, plot.file()));
    }
    return text.toString();
  }

  private void goals(StringBuilder text) {
    text.append("### Goals\n\n| load | goal | measured | |\n|---|---|---|---|\n");
    for (Goal goal : results.goals()) {
      text.append(
          "| `%s` | %s | %s | %s |%n"
              .formatted(
                  goal.work(), goal.goal(), goal.measured(), goal.met() ? "met" : "**not met**"));
    }
    text.append('\n');
  }

  private String json() throws IOException {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("date", LocalDate.now(ZoneOffset.UTC).toString());
    all.put("machine", machine);
    all.put("options", options);
    all.put("goals", results.goals());
    all.put("tables", results.tables());
    all.put("rounds", results.rounds());
    Map<String, Map<String, TreeMap<Double, Double>>> lines = new LinkedHashMap<>();
    results.plots().forEach(plot -> lines.put(plot.file(), plot.lines()));
    all.put("plots", lines);
    return new JsonMapper().writerWithDefaultPrettyPrinter().writeValueAsString(all);
  }
}
