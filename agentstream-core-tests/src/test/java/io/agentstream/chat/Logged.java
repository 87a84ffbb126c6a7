package io.agentstream.chat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Records the library's log while it is open, including warnings. */
public final class Logged implements AutoCloseable {

  private static final String LIBRARY = "io.agentstream";

  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private final Map<Logger, @Nullable Level> before = new LinkedHashMap<>();

  /**
   * @param silenced whose log the tests' configuration turns off
   */
  public Logged(Class<?>... silenced) {
    warn(logger(LIBRARY));
    for (Class<?> type : silenced) {
      warn(logger(type.getName()));
    }
    lines.start();
    logger(LIBRARY).addAppender(lines);
  }

  private void warn(Logger logger) {
    before.put(logger, logger.getLevel());
    logger.setLevel(Level.WARN);
  }

  private static Logger logger(String name) {
    return (Logger) LoggerFactory.getLogger(name);
  }

  /** The lines that hold this text. */
  public List<ILoggingEvent> with(String text) {
    return List.copyOf(lines.list).stream()
        .filter(line -> line.getFormattedMessage().contains(text))
        .toList();
  }

  @Override
  public void close() {
    logger(LIBRARY).detachAppender(lines);
    before.forEach(Logger::setLevel);
  }
}
