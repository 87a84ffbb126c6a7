package io.agentstream.examples.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;

/** Drops excess lines and passes the others on. */
abstract class LineEncoder extends EncoderBase<ILoggingEvent> {

  private static final byte[] NOTHING = new byte[0];

  private final LineRate rate = new LineRate();

  /**
   * Returns the line without the line break.
   *
   * @param message escaped for one line
   */
  abstract String line(ILoggingEvent event, String message);

  @Override
  public final byte[] encode(ILoggingEvent event) {
    String message = LogText.line(event.getFormattedMessage());
    return switch (rate.of(event.getLoggerName(), event.getTimeStamp())) {
      case WRITE -> bytes(event, message);
      case LAST ->
          bytes(
              event,
              message
                  + " (further lines of this logger are left out for up to "
                  + LineRate.WINDOW_SECONDS
                  + " seconds)");
      case LEAVE_OUT -> NOTHING;
    };
  }

  private byte[] bytes(ILoggingEvent event, String message) {
    return (line(event, message) + System.lineSeparator()).getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public byte[] headerBytes() {
    return NOTHING;
  }

  @Override
  public byte[] footerBytes() {
    return NOTHING;
  }
}
