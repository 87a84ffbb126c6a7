package io.agentstream.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Starts one application with the starter and without it, in turns, and prints the figures of
 * docs/embedding.md. Runs in the profile stress alone.
 */
@Tag("stress")
@EnabledIfSystemProperty(named = "agentstream.stress", matches = "[1-9]\\d*")
@Timeout(600)
class StartupCostTest {

  private static final int STARTS = 11;

  /**
   * @param millis from the start of the process until the application serves requests
   * @param classes loaded until then
   * @param kilobytes of the heap in use then
   */
  private record Cost(long millis, long classes, long kilobytes) {

    static Cost of(String line) {
      String[] figures = line.split(" ", -1);
      return new Cost(
          Long.parseLong(figures[0]), Long.parseLong(figures[1]), Long.parseLong(figures[2]));
    }
  }

  @Test
  void the_starter_adds_a_part_of_the_time_that_Boot_takes() throws Exception {
    List<Cost> without = new ArrayList<>();
    List<Cost> with = new ArrayList<>();
    for (int i = 0; i < STARTS; i++) {
      without.add(start(false));
      with.add(start(true));
    }
    System.out.printf(
        Locale.ROOT,
        "Start without the starter: %s, with it: %s, time by %.2f%n",
        middle(without),
        middle(with),
        (double) middle(with).millis() / middle(without).millis());
    assertThat(middle(with).classes()).isGreaterThan(middle(without).classes());
  }

  private static Cost start(boolean starter) throws Exception {
    List<String> classPath =
        JavaProcess.ownClassPath().stream()
            .filter(entry -> starter || !belongsToTheStarter(entry))
            .toList();
    JavaProcess.Outcome started =
        JavaProcess.run(classPath, TimedApplication.class, Boolean.toString(starter));
    assertThat(started.status()).as(started.output()).isZero();
    return started
        .output()
        .lines()
        .filter(line -> line.matches("\\d+ \\d+ \\d+"))
        .map(Cost::of)
        .findFirst()
        .orElseThrow(() -> new AssertionError(started.output()));
  }

  /** The starter, and all that comes with it and with nothing of Boot's. */
  private static boolean belongsToTheStarter(String entry) {
    return entry.matches(
            ".*[/\\\\]agentstream-[a-z-]+([/\\\\]target[/\\\\]classes|-\\d[^/\\\\]*\\.jar)")
        || entry.contains("langchain4j");
  }

  private static Cost middle(List<Cost> costs) {
    return new Cost(
        costs.stream().mapToLong(Cost::millis).sorted().skip(STARTS / 2).findFirst().orElseThrow(),
        costs.stream().mapToLong(Cost::classes).sorted().skip(STARTS / 2).findFirst().orElseThrow(),
        costs.stream()
            .mapToLong(Cost::kilobytes)
            .sorted()
            .skip(STARTS / 2)
            .findFirst()
            .orElseThrow());
  }
}
