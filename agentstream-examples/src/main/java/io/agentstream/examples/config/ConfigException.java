package io.agentstream.examples.config;

/** Why the server cannot start as it was told to, in one line for whoever started it. */
public final class ConfigException extends Exception {

  private static final long serialVersionUID = 1L;

  private final String reason;

  /** Keeps to one line whatever stands in {@code reason}. */
  public ConfigException(String reason) {
    super(oneLine(reason));
    this.reason = oneLine(reason);
  }

  static ConfigException at(String key, String reason) {
    return new ConfigException(key.isEmpty() ? reason : key + ": " + reason);
  }

  /** The line. */
  public String reason() {
    return reason;
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\p{Cntrl}+", " ").strip();
  }
}
