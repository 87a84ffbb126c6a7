package io.agentstream.viewer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.agentstream.test.schema.FrameSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A socket that takes every frame at once, or none until it is told to. */
public final class FakeTransport implements Transport {

  private static final JsonMapper JSON = new JsonMapper();
  private static final FrameSchema VERSION_ONE = FrameSchema.ofServer(true);
  private static final FrameSchema ORIGINAL = FrameSchema.ofServerInOriginalDialect(true);

  public final List<String> frames = new ArrayList<>();
  public int pings;
  public int closeCode;
  private boolean stuck;
  private @Nullable Consumer<@Nullable Throwable> pending;

  @Override
  public void send(String message, Consumer<@Nullable Throwable> onSent) {
    if (pending != null) {
      throw new AssertionError("A second send while one is under way");
    }
    frames.add((message.contains("\"session_id\"") ? ORIGINAL : VERSION_ONE).check(message));
    if (stuck) {
      pending = onSent;
    } else {
      onSent.accept(null);
    }
  }

  @Override
  public void ping() {
    pings++;
  }

  @Override
  public void close(int code, String reason) {
    closeCode = code;
  }

  /** From now on the socket takes one frame and no more. */
  public void stick() {
    stuck = true;
  }

  /** The socket takes everything again. */
  public void unstick() {
    stuck = false;
    takeOne();
  }

  /** Completes the current send, so that the next one may begin. */
  public void takeOne() {
    Consumer<@Nullable Throwable> done = pending;
    pending = null;
    if (done != null) {
      done.accept(null);
    }
  }

  /** Fails the current send. */
  public void breakDown() {
    Consumer<@Nullable Throwable> done = pending;
    pending = null;
    if (done != null) {
      done.accept(new IOException("broken"));
    }
  }

  public List<JsonNode> parsed() {
    return frames.stream().map(FakeTransport::parse).toList();
  }

  public List<JsonNode> of(String type) {
    return parsed().stream().filter(frame -> frame.get("type").asText().equals(type)).toList();
  }

  public JsonNode last() {
    return parse(frames.get(frames.size() - 1));
  }

  private static JsonNode parse(String frame) {
    try {
      return JSON.readTree(frame);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
