package io.agentstream.examples.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.microsoft.playwright.Browser;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Chromium's own trace of a page. */
record ChromeTrace(JsonNode events) {

  private static final JsonMapper JSON = new JsonMapper();
  private static final double MICROS_A_MILLI = 1_000;

  static Browser.StartTracingOptions options() {
    return new Browser.StartTracingOptions()
        .setCategories(List.of("devtools.timeline", "disabled-by-default-devtools.timeline"));
  }

  static ChromeTrace of(byte[] trace) throws IOException {
    return new ChromeTrace(JSON.readTree(trace).get("traceEvents"));
  }

  /** How long each task of a page's main thread took, in milliseconds. */
  double[] tasks() {
    return tasks("dur");
  }

  /**
   * How long each of them kept a processor, in milliseconds: what others did meanwhile is not in
   * it.
   */
  double[] cpuOfTasks() {
    return tasks("tdur");
  }

  private double[] tasks(String duration) {
    Set<String> mainThreads = new HashSet<>();
    for (JsonNode event : events) {
      if (event.at("/args/name").asText().equals("CrRendererMain")) {
        mainThreads.add(thread(event));
      }
    }
    return events("RunTask")
        .filter(event -> event.has(duration) && mainThreads.contains(thread(event)))
        .mapToDouble(event -> event.get(duration).asDouble() / MICROS_A_MILLI)
        .toArray();
  }

  private Stream<JsonNode> events(String name) {
    return StreamSupport.stream(events.spliterator(), false)
        .filter(event -> event.path("name").asText().equals(name));
  }

  private static String thread(JsonNode event) {
    return event.get("pid").asText() + "/" + event.get("tid").asText();
  }
}
