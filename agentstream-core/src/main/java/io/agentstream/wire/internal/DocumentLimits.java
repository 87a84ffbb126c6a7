package io.agentstream.wire.internal;

import io.agentstream.settings.Limits;
import io.agentstream.wire.ConversationDocument;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The limits that a server sets for documents. A conversation that ends because it is too long is
 * over its limits by its last words, and its document may be that much over them too.
 */
final class DocumentLimits {

  private final Limits limits;

  DocumentLimits(Limits limits) {
    this.limits = limits;
  }

  /** Returns the names of the limits that this server's import would refuse; null for none. */
  @Nullable List<String> exceededBy(ConversationDocument document) {
    List<String> exceeded = new ArrayList<>();
    if (document.topic().length() > mostTopicChars()) {
      exceeded.add("max_topic_chars");
    }
    if (document.messages().size() > mostMessages()) {
      exceeded.add("max_conversation_messages");
    }
    if (document.chars() > mostChars()) {
      exceeded.add("max_conversation_chars");
    }
    if (bytes(document) > limits.maxImportBytes()) {
      exceeded.add("max_import_bytes");
    }
    return exceeded.isEmpty() ? null : exceeded;
  }

  int mostTopicChars() {
    return limits.maxTopicChars();
  }

  /** Returns how many messages there may be: all may speak at once when the limit is reached. */
  long mostMessages() {
    return (long) limits.maxConversationMessages() + limits.maxAgents();
  }

  /** Returns how much text there may be: an answer or a result may pass the limit. */
  long mostChars() {
    return (long) limits.maxConversationChars()
        + limits.maxAnswerChars()
        + limits.maxToolResultChars();
  }

  private static long bytes(ConversationDocument document) {
    Counter counter = new Counter();
    // A writer, because Jackson would write an emoji to a stream of bytes as two longer escapes.
    try (Writer text = new OutputStreamWriter(counter, StandardCharsets.UTF_8)) {
      Json.MAPPER.writeValue(text, document);
    } catch (IOException e) {
      throw new UncheckedIOException("Every document can be written", e);
    }
    return counter.bytes;
  }

  private static final class Counter extends OutputStream {
    private long bytes;

    @Override
    public void write(int one) {
      bytes++;
    }

    @Override
    public void write(byte[] some, int from, int length) {
      bytes += length;
    }
  }
}
