package io.agentstream.upstream;

import dev.langchain4j.http.client.sse.ServerSentEvent;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An event whose text can be released. langchain4j's models keep every event of an answer until it
 * is complete, about 200 characters for a token of four.
 */
final class StreamedEvent extends ServerSentEvent {

  private final @Nullable String event;
  private String data;

  StreamedEvent(@Nullable String event, String data) {
    super(event, "");
    this.event = event;
    this.data = data;
  }

  /** Releases the text; from now on the event has none. */
  void forget() {
    data = "";
  }

  @Override
  public String data() {
    return data;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ServerSentEvent that
        && Objects.equals(event, that.event())
        && data.equals(that.data());
  }

  @Override
  public int hashCode() {
    return Objects.hash(event, data);
  }

  @Override
  public String toString() {
    return "ServerSentEvent { event = \"" + event + "\", data = \"" + data + "\" }";
  }
}
