package io.agentstream.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.core.io.SegmentedStringWriter;
import com.fasterxml.jackson.core.util.BufferRecycler;
import io.agentstream.event.ChatEvent;
import io.agentstream.event.StreamedText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes what the server sends. Safe from any thread. */
public final class FrameEncoder {

  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  /** Later times have no such form; {@code Instant.MAX} stands for never. */
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

  private FrameEncoder() {}

  /**
   * An event in its place in the journal.
   *
   * @param millis when it was appended, in milliseconds since 1970; left out of token frames
   */
  public static String event(String conversationId, long seq, long millis, ChatEvent event) {
    if (event instanceof StreamedText token) {
      return tokens(conversationId, seq, seq, token, token.token());
    }
    return event(event.type(), conversationId, seq, millis, event);
  }

  /** An event whose data is not the event itself, as in the original dialect. */
  public static String event(
      String type, String conversationId, long seq, long millis, Object data) {
    return write(
        json -> {
          json.writeStringField("type", type);
          json.writeStringField("conversation_id", conversationId);
          json.writeNumberField("seq", seq);
          json.writeStringField("timestamp", timestamp(millis));
          json.writePOJOField("data", data);
        });
  }

  /**
   * One or more tokens of one message that follow each other in the journal, as one frame. Written
   * by hand, since it is nearly all that is ever sent.
   *
   * @param fromSeq the first token's place
   * @param seq the last token's place
   * @param first the first token, which gives message and offset
   * @param text all tokens joined
   */
  public static String tokens(
      String conversationId, long fromSeq, long seq, StreamedText first, String text) {
    String from = fromSeq == seq ? "" : ",\"from_seq\":" + fromSeq;
    // One expression, which javac turns into a single array of the right size.
    return "{\"type\":\""
        + first.type()
        + "\",\"conversation_id\":\""
        + conversationId
        + "\",\"seq\":"
        + seq
        + from
        + ",\"data\":{\"message_id\":\""
        + first.messageId()
        + "\",\"offset\":"
        + first.offset()
        + ",\"token\":\""
        + quoted(text)
        + "\"}}";
  }

  /** The text as it stands between quotes; most often the text itself. */
  private static String quoted(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c == '"' || c == '\\') {
        StringBuilder json = new StringBuilder(text.length() + 16);
        JsonStringEncoder.getInstance().quoteAsString(text, json);
        return json.toString();
      }
    }
    return text;
  }

  /**
   * A frame of one connection.
   *
   * @param millis when it is sent, in milliseconds since 1970
   * @param inReplyTo the id of the message that it answers; null where it answers none
   */
  public static String control(ControlFrame frame, long millis, @Nullable String inReplyTo) {
    return write(
        json -> {
          json.writeStringField("type", frame.type());
          if (frame.conversationId() != null) {
            json.writeStringField("conversation_id", frame.conversationId());
          }
          json.writeStringField("timestamp", timestamp(millis));
          if (inReplyTo != null) {
            json.writeStringField("in_reply_to", inReplyTo);
          }
          json.writePOJOField("data", frame.data());
        });
  }

  private static String timestamp(long millis) {
    return timestamp(Instant.ofEpochMilli(millis));
  }

  static String timestamp(Instant time) {
    return TIMESTAMP.format(time.isAfter(LATEST) ? LATEST : time);
  }

  private static String write(Fields fields) {
    try (SegmentedStringWriter text = new SegmentedStringWriter(new BufferRecycler());
        JsonGenerator json = Json.MAPPER.createGenerator(text)) {
      json.writeStartObject();
      fields.writeTo(json);
      json.writeEndObject();
      json.flush();
      return text.getAndClear();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private interface Fields {
    void writeTo(JsonGenerator json) throws IOException;
  }
}
