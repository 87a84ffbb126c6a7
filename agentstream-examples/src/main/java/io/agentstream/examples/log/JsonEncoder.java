package io.agentstream.examples.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * Writes one JSON object on each line, with Logstash's field names and the key-value pairs of an
 * event.
 */
public final class JsonEncoder extends LineEncoder {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSX").withZone(ZoneOffset.UTC);

  @Override
  String line(ILoggingEvent event, String message) {
    ObjectNode line = JsonNodeFactory.instance.objectNode();
    if (event.getKeyValuePairs() != null) {
      event
          .getKeyValuePairs()
          .forEach(
              pair -> line.put(LogText.name(pair.key), LogText.name(String.valueOf(pair.value))));
    }
    line.put("@timestamp", TIME.format(Instant.ofEpochMilli(event.getTimeStamp())));
    line.put("message", message);
    line.put("logger_name", LogText.name(event.getLoggerName()));
    line.put("thread_name", LogText.name(event.getThreadName()));
    line.put("level", event.getLevel().toString());
    if (event.getThrowableProxy() != null) {
      line.put("stack_trace", String.join("\n", LogText.stackTrace(event.getThrowableProxy())));
    }
    return line.toString();
  }
}
