package io.agentstream.examples.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/**
 * Writes a line for people: time, level, logger, message, followed by the lines of a stack trace.
 */
public final class TextEncoder extends LineEncoder {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS").withZone(ZoneId.systemDefault());

  @Override
  String line(ILoggingEvent event, String message) {
    StringBuilder line = new StringBuilder(message.length() + 80);
    TIME.formatTo(Instant.ofEpochMilli(event.getTimeStamp()), line);
    line.append(' ').append(String.format("%-5s", event.getLevel())).append(' ');
    String logger = LogText.name(event.getLoggerName());
    line.append(logger, logger.lastIndexOf('.') + 1, logger.length()).append(" - ").append(message);
    if (event.getThrowableProxy() != null) {
      for (String at : LogText.stackTrace(event.getThrowableProxy())) {
        line.append(System.lineSeparator()).append(at);
      }
    }
    return line.toString();
  }
}
