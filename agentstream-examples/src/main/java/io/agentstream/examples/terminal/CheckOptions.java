package io.agentstream.examples.terminal;

import io.agentstream.examples.config.Arguments;
import io.agentstream.examples.config.ConfigException;
import java.nio.file.Path;
import java.time.Duration;
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
    Arguments arguments = new Arguments(args, "check --help");
    while (arguments.hasNext()) {
      options = options.with(arguments.next(), arguments);
    }
    return options;
  }

  private CheckOptions with(String option, Arguments rest) throws ConfigException {
    return switch (option) {
      case "--config" -> new CheckOptions(rest.path(option), timeout, help);
      case "--timeout" ->
          new CheckOptions(config, Duration.ofSeconds(rest.number(option, 1, MOST_SECONDS)), help);
      case "--help", "-h" -> new CheckOptions(config, timeout, true);
      default -> throw rest.unknown(option);
    };
  }
}
