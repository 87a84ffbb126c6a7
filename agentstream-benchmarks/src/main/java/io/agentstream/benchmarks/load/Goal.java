package io.agentstream.benchmarks.load;

import java.util.Locale;

/**
 * A goal and its measured figure.
 *
 * @param work the load
 * @param goal in words
 * @param measured the figure, with its unit
 */
record Goal(String work, String goal, String measured, boolean met) {

  static Goal atMost(String work, String what, double bound, double measured, String unit) {
    return new Goal(
        work, what + " ≤ " + figure(bound) + unit, figure(measured) + unit, measured <= bound);
  }

  static Goal atLeast(String work, String what, double bound, double measured, String unit) {
    return new Goal(
        work, what + " ≥ " + figure(bound) + unit, figure(measured) + unit, measured >= bound);
  }

  static Goal none(String work, String what, long measured) {
    return new Goal(work, "no " + what, String.valueOf(measured), measured == 0);
  }

  private static String figure(double value) {
    return value == Math.rint(value)
        ? String.format(Locale.ROOT, "%,.0f", value)
        : String.format(Locale.ROOT, value < 10 ? "%.2f" : "%,.1f", value);
  }
}
