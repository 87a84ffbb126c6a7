package io.agentstream.examples.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;

/** Reads the arguments of a command line, one after another. */
public final class Arguments {

  private final Iterator<String> rest;
  private final String usage;

  /**
   * Reads from the first argument on.
   *
   * @param usage the arguments that print the usage, for error messages
   */
  public Arguments(List<String> args, String usage) {
    this.rest = args.iterator();
    this.usage = usage;
  }

  /** Returns whether there is another argument. */
  public boolean hasNext() {
    return rest.hasNext();
  }

  /** Returns the next argument. */
  public String next() {
    return rest.next();
  }

  /**
   * Returns the value of {@code option}, which is the next argument.
   *
   * @throws ConfigException if it is missing
   */
  public String value(String option) throws ConfigException {
    String value = rest.hasNext() ? rest.next() : "";
    if (value.isBlank() || value.startsWith("--")) {
      throw ConfigException.at(option, "needs a value; see " + usage);
    }
    return value;
  }

  /**
   * Returns the value of {@code option} as a path.
   *
   * @throws ConfigException if it is missing or cannot be a path
   */
  public Path path(String option) throws ConfigException {
    try {
      return Path.of(value(option));
    } catch (InvalidPathException e) {
      throw ConfigException.at(option, "is no file name");
    }
  }

  /**
   * Returns the value of {@code option} as a number.
   *
   * @param most the largest number; {@link Integer#MAX_VALUE} for no bound
   * @throws ConfigException if it is missing, no number or out of range
   */
  public int number(String option, int least, int most) throws ConfigException {
    String value = value(option);
    try {
      int number = Integer.parseInt(value);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Reported below, like a number out of range.
    }
    String bound = most == Integer.MAX_VALUE ? "" : " to " + most;
    throw ConfigException.at(option, "must be a number from " + least + bound);
  }

  /** Returns the error about an option that does not exist. */
  public ConfigException unknown(String option) {
    return ConfigException.at(option, "unknown option; see " + usage);
  }
}
