package io.agentstream.benchmarks.parts;

import dev.langchain4j.http.client.HttpMethod;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.sse.DefaultServerSentEventParser;
import dev.langchain4j.http.client.sse.ServerSentEvent;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import io.agentstream.upstream.InProcessUpstream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Measures a server-sent event from its bytes to a listener of the HTTP client. */
@State(Scope.Thread)
public class SseParse {

  private final InProcessUpstream upstream = new InProcessUpstream();
  private final ModelEvents events = new ModelEvents(" word");
  private final Last last = new Last();

  public SseParse() {
    HttpRequest request =
        HttpRequest.builder()
            .method(HttpMethod.POST)
            .url("http://127.0.0.1/v1/chat/completions")
            .body("{}")
            .build();
    upstream.build().execute(request, new DefaultServerSentEventParser(), last);
  }

  @Benchmark
  public @Nullable ServerSentEvent event() {
    upstream.push(events.token());
    return last.event;
  }

  private static final class Last implements ServerSentEventListener {
    private @Nullable ServerSentEvent event;

    @Override
    public void onEvent(ServerSentEvent event) {
      this.event = event;
    }

    @Override
    public void onError(Throwable error) {
      throw new IllegalStateException(error);
    }
  }
}
