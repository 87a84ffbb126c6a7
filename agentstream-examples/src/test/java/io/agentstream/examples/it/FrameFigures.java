package io.agentstream.examples.it;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * How smoothly a page was drawn.
 *
 * @param seconds from the first change of the transcript to the last
 * @param longestTaskMs of the main thread, from the trace
 * @param longestCpuMs of the main thread's tasks, by the processor's time and not by the clock
 * @param longTasks how many tasks of the main thread took over 50 ms
 * @param tasks how many there were
 * @param frames in which the transcript was changed
 * @param longestIntervalMs between two frames
 * @param longIntervals how many were over 50 ms
 */
record FrameFigures(
    double seconds,
    double longestTaskMs,
    double longestCpuMs,
    long longTasks,
    int tasks,
    int frames,
    double longestIntervalMs,
    long longIntervals) {

  private static final double LONG_MS = 50;

  static FrameFigures of(ChromeTrace trace, JsonNode counts) {
    double[] tasks = trace.tasks();
    JsonNode intervals = counts.get("intervals");
    double[] between =
        IntStream.range(0, intervals.size())
            .mapToDouble(i -> intervals.get(i).asDouble())
            .toArray();
    return new FrameFigures(
        counts.get("seconds").asDouble(),
        longest(tasks),
        longest(trace.cpuOfTasks()),
        overLong(tasks),
        tasks.length,
        counts.get("frames").asInt(),
        longest(between),
        overLong(between));
  }

  private static double longest(double[] millis) {
    return Arrays.stream(millis).max().orElse(0);
  }

  private static long overLong(double[] millis) {
    return DoubleStream.of(millis).filter(ms -> ms > LONG_MS).count();
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%.1f s, %d tasks of the main thread, the longest %.1f ms (%.1f ms of CPU), %d over 50 ms; "
            + "%d frames drawn, the longest interval %.1f ms, %d over 50 ms",
        seconds,
        tasks,
        longestTaskMs,
        longestCpuMs,
        longTasks,
        frames,
        longestIntervalMs,
        longIntervals);
  }
}
