package io.agentstream.examples.config;

import io.agentstream.internal.TextFile;
import io.agentstream.internal.TextFile.UnreadableFileException;
import java.nio.file.Path;

/** The reason why the server cannot start with its settings, in one line for its operator. */
public final class ConfigException extends Exception {

  private static final long serialVersionUID = 1L;

  private static final int MOST_BYTES = 4_000_000;

  private final String reason;

  /** Creates an exception whose message is one line, for any {@code reason}. */
  public ConfigException(String reason) {
    super(oneLine(reason));
    this.reason = oneLine(reason);
  }

  static ConfigException at(String key, String reason) {
    return new ConfigException(key.isEmpty() ? reason : key + ": " + reason);
  }

  /**
   * Returns the text of a file.
   *
   * @throws ConfigException with the file and the reason if it cannot be read
   */
  static String textOf(Path file) throws ConfigException {
    try {
      return TextFile.read(file, MOST_BYTES);
    } catch (UnreadableFileException e) {
      String reason = String.valueOf(e.getMessage());
      throw at(file.toString(), e.line() == 0 ? reason : "line " + e.line() + ": " + reason);
    }
  }

  /** Returns the line. */
  public String reason() {
    return reason;
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\p{Cntrl}+", " ").strip();
  }
}
