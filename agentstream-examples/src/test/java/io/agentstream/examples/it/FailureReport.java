package io.agentstream.examples.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/**
 * Says with the first failure what a reader needs: how the nodes and their journals stand at that
 * moment, and what each server process has logged.
 */
final class FailureReport implements BeforeEachCallback, TestExecutionExceptionHandler {

  private static final int LAST_LINES = 60;

  private static final List<Path> LOGS = new CopyOnWriteArrayList<>();
  private static final List<Supplier<String>> STATES = new CopyOnWriteArrayList<>();

  @Override
  public void beforeEach(ExtensionContext context) {
    LOGS.clear();
    STATES.clear();
  }

  @Override
  public void handleTestExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    System.err.println(context.getDisplayName() + " failed; " + logs());
    throw failure;
  }

  /** Has the report include what this server process writes. */
  static void includeLog(Path log) {
    LOGS.add(log);
  }

  /** Makes {@link #now} include this, which may no longer exist when a test is over. */
  static void includeState(Supplier<String> state) {
    STATES.add(state);
  }

  /** How things stand at this moment. */
  static String now() {
    StringBuilder report = new StringBuilder();
    STATES.forEach(state -> report.append('\n').append(state.get()));
    return report.append('\n').append(logs()).toString();
  }

  private static String logs() {
    StringBuilder report = new StringBuilder("the servers have logged:\n");
    LOGS.forEach(log -> report.append(tail(log)));
    return report.toString();
  }

  private static String tail(Path log) {
    try {
      List<String> lines = Files.readAllLines(log, UTF_8);
      int from = Math.max(0, lines.size() - LAST_LINES);
      return "-- %s%n%s%n".formatted(log, String.join("\n", lines.subList(from, lines.size())));
    } catch (IOException e) {
      return "-- %s: %s%n".formatted(log, e);
    }
  }
}
