package io.agentstream.examples.config;

/** The reason why the server cannot start with its settings, in one line for its operator. */
public final class ConfigException extends Exception {

  private static final long serialVersionUID = 1L;

  private final String reason;

  /** Creates an exception whose message is one line, for any {@code reason}. */
  public ConfigException(String reason) {
    super(oneLine(reason));
    this.reason = oneLine(reason);
  }

  static ConfigException at(String key, String reason) {
    return new ConfigException(key.isEmpty() ? reason : key + ": " + reason);
  }

  /** Returns the line. */
  public String reason() {
    return reason;
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\p{Cntrl}+", " ").strip();
  }
}
