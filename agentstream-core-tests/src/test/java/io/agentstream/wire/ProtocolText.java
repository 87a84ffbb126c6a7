package io.agentstream.wire;

import static java.util.stream.Collectors.toCollection;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The tables of {@code docs/protocol.md}. */
record ProtocolText(List<String> lines) {

  private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");

  static ProtocolText read() throws IOException {
    return new ProtocolText(Files.readAllLines(Path.of("../docs/protocol.md")));
  }

  /** Returns the fields that the table with this header lists for each name in the first column. */
  Map<String, Fields> table(String header) {
    Map<String, Fields> fields = new TreeMap<>();
    for (String[] row : rows(header)) {
      Matcher name = QUOTED.matcher(row[0]);
      while (name.find()) {
        fields.put(name.group(1), fields(row[1]));
      }
    }
    return fields;
  }

  /** Returns the first column of the table with this header. */
  TreeSet<String> firstColumn(String header) {
    return rows(header).stream()
        .map(row -> row[0].replace("`", ""))
        .collect(toCollection(TreeSet::new));
  }

  private List<String[]> rows(String header) {
    List<String[]> rows = new ArrayList<>();
    int line = 0;
    while (!lines.get(line).equals("| " + header + " |")) {
      line++;
    }
    for (line += 2; lines.get(line).startsWith("|"); line++) {
      rows.add(
          Arrays.stream(lines.get(line).split("\\|"))
              .skip(1)
              .map(String::strip)
              .toArray(String[]::new));
    }
    return rows;
  }

  /**
   * Returns the quoted names, except those in brackets, up to a colon outside quotes and brackets.
   */
  private static Fields fields(String cell) {
    TreeSet<String> names = new TreeSet<>();
    int depth = 0;
    String[] parts = cell.split("`", -1);
    for (int i = 0; i < parts.length; i++) {
      boolean quoted = i % 2 == 1;
      if (quoted && depth == 0) {
        names.addAll(names(parts[i]));
      } else if (!quoted) {
        depth += count(parts[i], '(') - count(parts[i], ')');
        if (depth == 0 && parts[i].contains(":")) {
          break;
        }
      }
    }
    return new Fields(names);
  }

  private static List<String> names(String quoted) {
    return Arrays.stream(quoted.split(","))
        .map(name -> name.strip().replace("[]", ""))
        .filter(name -> !name.isEmpty())
        .toList();
  }

  private static int count(String text, char what) {
    return (int) text.chars().filter(c -> c == what).count();
  }
}
