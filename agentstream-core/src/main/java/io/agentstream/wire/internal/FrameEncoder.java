package io.agentstream.wire.internal;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.core.io.SegmentedStringWriter;
import com.fasterxml.jackson.core.util.BufferRecycler;
import io.agentstream.event.ChatEvent;
import io.agentstream.event.StreamedText;
import io.agentstream.wire.ControlFrame;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** Encodes the server's frames. Thread-safe. */
public final class FrameEncoder {

  private FrameEncoder() {}

  /**
   * Encodes an event with its position in the journal.
   *
   * @param millis the time of the append, in milliseconds since 1970; left out of token frames
   */
  public static String event(String conversationId, long seq, long millis, ChatEvent event) {
    if (event instanceof StreamedText token) {
      return tokens(conversationId, seq, seq, token, token.token());
    }
    return event(event.type(), conversationId, seq, millis, event);
  }

  /** Encodes an event with other data than the event itself, as in the original dialect. */
  public static String event(
      String type, String conversationId, long seq, long millis, Object data) {
    return write(
        json -> {
          json.writeStringField("type", type);
          json.writeStringField("conversation_id", conversationId);
          json.writeNumberField("seq", seq);
          json.writeStringField("timestamp", Timestamp.of(millis));
          json.writePOJOField("data", data);
        });
  }

  /**
   * Encodes one or more consecutive tokens of one message as one frame. Written by hand, because
   * nearly all frames are tokens.
   *
   * @param fromSeq the first token's position
   * @param seq the last token's position
   * @param first the first token, which has the message id and the offset
   * @param text all tokens joined
   */
  public static String tokens(
      String conversationId, long fromSeq, long seq, StreamedText first, String text) {
    String from = fromSeq == seq ? "" : ",\"from_seq\":" + fromSeq;
    // A single expression, for which javac allocates one array of the right size.
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

  /** Returns the text escaped for JSON; usually the text itself. */
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
   * Encodes a frame of one connection.
   *
   * @param millis the time of sending, in milliseconds since 1970
   * @param inReplyTo the id of the command to which it replies, or null
   */
  public static String control(ControlFrame frame, long millis, @Nullable String inReplyTo) {
    return write(
        json -> {
          json.writeStringField("type", frame.type());
          if (frame.conversationId() != null) {
            json.writeStringField("conversation_id", frame.conversationId());
          }
          json.writeStringField("timestamp", Timestamp.of(millis));
          if (inReplyTo != null) {
            json.writeStringField("in_reply_to", inReplyTo);
          }
          json.writePOJOField("data", frame.data());
        });
  }

  /** Encodes the {@code data} of a frame of one connection, without its envelope. */
  public static String data(ControlFrame frame) {
    try {
      return Json.MAPPER.writeValueAsString(frame.data());
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String write(Fields fields) {
    // The generator takes its buffers from the writer's recycler, which therefore must be a used
    // one.
    BufferRecycler buffers = Json.MAPPER.getFactory()._getBufferRecycler();
    try (SegmentedStringWriter text = new SegmentedStringWriter(buffers);
        JsonGenerator json = Json.MAPPER.createGenerator(text)) {
      json.writeStartObject();
      fields.writeTo(json);
      json.writeEndObject();
      json.flush();
      return text.getAndClear();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      buffers.releaseToPool();
    }
  }

  private interface Fields {
    void writeTo(JsonGenerator json) throws IOException;
  }
}
