package io.agentstream.examples.server;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import io.agentstream.examples.config.LogFormat;
import io.agentstream.examples.log.JsonEncoder;
import org.slf4j.LoggerFactory;

/** Configures the log's format; {@code logback.xml} holds the text format. */
final class Logging {

  private Logging() {}

  static void use(LogFormat format) {
    if (format == LogFormat.JSON) {
      json((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME));
    }
  }

  private static void json(Logger root) {
    JsonEncoder encoder = new JsonEncoder();
    encoder.setContext(root.getLoggerContext());
    encoder.start();
    OutputStreamAppender<ILoggingEvent> errors =
        (OutputStreamAppender<ILoggingEvent>) root.getAppender("STDERR");
    errors.setEncoder(encoder);
  }
}
