package io.agentstream.benchmarks.load;

import java.util.List;

/**
 * A table of the report.
 *
 * @param name the load's name
 * @param about the load in words
 */
record Table(String name, String about, List<String> columns, List<List<String>> rows) {

  String markdown() {
    StringBuilder text = new StringBuilder();
    text.append("### ").append(name).append(": ").append(about).append("\n\n");
    row(text, columns);
    text.append("|---".repeat(columns.size())).append("|\n");
    rows.forEach(row -> row(text, row));
    return text.toString();
  }

  private static void row(StringBuilder text, List<String> cells) {
    cells.forEach(cell -> text.append("| ").append(cell).append(' '));
    text.append("|\n");
  }
}
