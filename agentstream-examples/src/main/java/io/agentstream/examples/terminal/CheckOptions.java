package io.agentstream.examples.terminal;

import io.agentstream.examples.config.ConfigException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The options of {@code check}.
 *
 * @param config the configuration file; null for the environment's model
 * @param timeout the time limit for one model
 * @param help true to print only the usage
 */
record CheckOptions(@Nullable Path config, Duration timeout, boolean help) {

  /** The output of {@code check --help}. */
  static final String USAGE =
      """
      Usage: java -jar agentstream-server.jar check [options]

      Asks each model of the configuration for five tokens and one tool call, and prints a line
      for each: whether it can be used, and what it does.

        --config FILE      the configuration (default: the model of the environment)
        --timeout SECONDS  the most time for one model, from 1 to 3600 (default 30)
        --help             this text

      Exit codes: 0 all can be used, 1 one cannot, 2 wrong settings.""";

  private static final Duration USUAL = Duration.ofSeconds(30);
  private static final int MOST_SECONDS = 3600;

  static CheckOptions parse(List<String> args) throws ConfigException {
    CheckOptions options = new CheckOptions(null, USUAL, false);
    Iterator<String> rest = args.iterator();
    while (rest.hasNext()) {
      options = options.with(rest.next(), rest);
    }
    return options;
  }

  private CheckOptions with(String option, Iterator<String> rest) throws ConfigException {
    return switch (option) {
      case "--config" -> new CheckOptions(pathOf(value(option, rest)), timeout, help);
      case "--timeout" -> new CheckOptions(config, secondsOf(value(option, rest)), help);
      case "--help", "-h" -> new CheckOptions(config, timeout, true);
      default -> throw new ConfigException(option + ": unknown option; see check --help");
    };
  }

  private static String value(String option, Iterator<String> rest) throws ConfigException {
    String value = rest.hasNext() ? rest.next() : "";
    if (value.isBlank() || value.startsWith("--")) {
      throw new ConfigException(option + ": needs a value; see check --help");
    }
    return value;
  }

  private static Duration secondsOf(String value) throws ConfigException {
    try {
      int seconds = Integer.parseInt(value);
      if (seconds >= 1 && seconds <= MOST_SECONDS) {
        return Duration.ofSeconds(seconds);
      }
    } catch (NumberFormatException e) {
      // Reported below, like a number out of range.
    }
    throw new ConfigException("--timeout: must be a number from 1 to " + MOST_SECONDS);
  }

  private static Path pathOf(String value) throws ConfigException {
    try {
      return Path.of(value);
    } catch (InvalidPathException e) {
      throw new ConfigException("--config: is no file name");
    }
  }
}
