package io.agentstream.benchmarks.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Plots a line for each server as SVG, for light and dark backgrounds. The horizontal axis is
 * logarithmic, the vertical one begins at 0.
 *
 * @param file its name, without an ending
 * @param lines at least one, each with at least two points, all at the same x values
 */
record Plot(
    String file, String title, String x, String y, Map<String, TreeMap<Double, Double>> lines) {

  private static final int WIDTH = 760;
  private static final int HEIGHT = 380;
  private static final int LEFT = 60;
  private static final int RIGHT = 200;
  private static final int TOP = 44;
  private static final int BOTTOM = 50;
  private static final int LEAST_BETWEEN_NAMES = 16;
  private static final List<String> SHAPES = List.of("0", "7 3", "2 3", "10 3 2 3", "4 6", "12 4");

  private static final String STYLE =
      """
      <style>
      text { font: 13px system-ui, sans-serif; fill: #24292f } .title { font-size: 15px; font-weight: 600 }
      .grid { stroke: #8c959f; stroke-opacity: .35 } .line { fill: none; stroke-width: 2.5 }
      .s0 { stroke: #0969da } .s1 { stroke: #8250df } .s2 { stroke: #bc4c00 } .s3 { stroke: #1a7f37 }
      .s4 { stroke: #bf3989 } .s5 { stroke: #9a6700 }
      @media (prefers-color-scheme: dark) {
      text { fill: #e6edf3 } .s0 { stroke: #58a6ff } .s1 { stroke: #bc8cff } .s2 { stroke: #f0883e }
      .s3 { stroke: #56d364 } .s4 { stroke: #ff7bca } .s5 { stroke: #e3b341 } }
      </style>
      """;

  String svg() {
    StringBuilder svg = new StringBuilder();
    svg.append(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\">%n"
            .formatted(WIDTH, HEIGHT));
    svg.append("<title>").append(escaped(title)).append("</title>\n").append(STYLE);
    text(svg, LEFT, 22, "start", "title", title);
    text(svg, (LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 10, "middle", "axis", x);
    verticalAxis(svg);
    horizontalAxis(svg);
    int series = 0;
    for (TreeMap<Double, Double> line : lines.values()) {
      line(svg, line, series++);
    }
    names(svg);
    return svg.append("</svg>\n").toString();
  }

  private void verticalAxis(StringBuilder svg) {
    double step = step();
    for (double value = 0; value <= top() + step / 2; value += step) {
      double at = down(value);
      svg.append(
          String.format(
              Locale.ROOT, "<path class=\"grid\" d=\"M%d %.1fH%d\"/>%n", LEFT, at, WIDTH - RIGHT));
      text(svg, LEFT - 8, at + 4, "end", "axis", number(value) + (value == 0 ? "" : " " + y));
    }
  }

  private void horizontalAxis(StringBuilder svg) {
    for (double value : lines.values().iterator().next().keySet()) {
      text(svg, across(value), HEIGHT - BOTTOM + 20, "middle", "axis", number(value));
    }
  }

  private void line(StringBuilder svg, TreeMap<Double, Double> line, int series) {
    StringBuilder path = new StringBuilder();
    line.forEach(
        (x, y) ->
            path.append(path.isEmpty() ? 'M' : 'L')
                .append(String.format(Locale.ROOT, "%.1f %.1f", across(x), down(y))));
    svg.append(
        "<path class=\"line s%d\" stroke-dasharray=\"%s\" d=\"%s\"/>%n"
            .formatted(series % SHAPES.size(), SHAPES.get(series % SHAPES.size()), path));
  }

  /** Puts labels next to the ends of the lines, without overlaps. */
  private void names(StringBuilder svg) {
    List<Map.Entry<String, TreeMap<Double, Double>>> fromTop = new ArrayList<>(lines.entrySet());
    fromTop.sort(
        (one, other) ->
            Double.compare(
                other.getValue().lastEntry().getValue(), one.getValue().lastEntry().getValue()));
    List<String> order = List.copyOf(lines.keySet());
    double last = 0;
    for (Map.Entry<String, TreeMap<Double, Double>> line : fromTop) {
      double at =
          Math.max(last + LEAST_BETWEEN_NAMES, down(line.getValue().lastEntry().getValue()));
      last = at;
      int series = order.indexOf(line.getKey()) % SHAPES.size();
      svg.append(
          String.format(
              Locale.ROOT,
              "<path class=\"line s%d\" stroke-dasharray=\"%s\" d=\"M%d %.1fh28\"/>%n",
              series,
              SHAPES.get(series),
              WIDTH - RIGHT + 10,
              at));
      text(svg, WIDTH - RIGHT + 44, at + 4, "start", "name", line.getKey());
    }
  }

  private double across(double value) {
    TreeMap<Double, Double> line = lines.values().iterator().next();
    double from = Math.log(line.firstKey());
    double to = Math.log(line.lastKey());
    return LEFT + 20 + (WIDTH - RIGHT - LEFT - 40) * (Math.log(value) - from) / (to - from);
  }

  private double down(double value) {
    return HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * value / top();
  }

  private double top() {
    double step = step();
    return step * Math.ceil(highest() / step);
  }

  private double highest() {
    return lines.values().stream()
        .flatMap(line -> line.values().stream())
        .mapToDouble(it -> it)
        .max()
        .orElse(1);
  }

  /** Returns a round distance, so that there are four to eight grid lines. */
  private double step() {
    double rough = highest() / 5;
    double power = Math.pow(10, Math.floor(Math.log10(rough)));
    double digit = rough / power;
    return power * (digit < 1.5 ? 1 : digit < 3.5 ? 2 : digit < 7.5 ? 5 : 10);
  }

  private static void text(
      StringBuilder svg, double x, double y, String anchor, String kind, String text) {
    svg.append(
        String.format(
            Locale.ROOT,
            "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n",
            kind,
            x,
            y,
            anchor,
            escaped(text)));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value == Math.rint(value) ? "%,.0f" : "%.1f", value);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;");
  }
}
