package io.agentstream.benchmarks.parts;

import io.agentstream.viewer.Transport;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A socket that accepts every frame at once and only counts it. */
final class OpenSocket implements Transport {

  private long frames;

  static List<OpenSocket> many(int count) {
    return Stream.generate(OpenSocket::new).limit(count).toList();
  }

  long frames() {
    return frames;
  }

  @Override
  public void send(String message, Consumer<@Nullable Throwable> onSent) {
    frames++;
    onSent.accept(null);
  }

  @Override
  public void ping() {}

  @Override
  public void close(int code, String reason) {}
}
