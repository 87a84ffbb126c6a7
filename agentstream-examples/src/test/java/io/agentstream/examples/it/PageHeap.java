package io.agentstream.examples.it;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import java.util.HashMap;
import java.util.Map;

/**
 * The live heap of a page after a garbage collection.
 *
 * @param bytes of JavaScript's heap
 * @param nodes of the DOM, whether or not they are in the document
 * @param listeners of events
 */
record PageHeap(long bytes, long nodes, long listeners) {

  static PageHeap of(CDPSession session) {
    session.send("HeapProfiler.enable");
    session.send("HeapProfiler.collectGarbage");
    session.send("Performance.enable");
    Map<String, Long> metrics = new HashMap<>();
    for (JsonElement element : session.send("Performance.getMetrics").getAsJsonArray("metrics")) {
      JsonObject metric = element.getAsJsonObject();
      metrics.put(metric.get("name").getAsString(), metric.get("value").getAsLong());
    }
    return new PageHeap(
        metrics.getOrDefault("JSHeapUsedSize", 0L),
        metrics.getOrDefault("Nodes", 0L),
        metrics.getOrDefault("JSEventListeners", 0L));
  }
}
