package io.agentstream.http.door;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads a body without blocking, up to a bound. */
final class RequestBody implements ReadListener {

  private static final int BUFFER_BYTES = 4096;

  /** Receives the result: exactly one call. */
  interface Owner {
    /**
     * The body is complete.
     *
     * @param text null if it is not UTF-8
     */
    void read(@Nullable String text);

    void tooLarge();

    void broken(Throwable cause);
  }

  private final ServletInputStream in;
  private final int maxBytes;
  private final Owner owner;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private boolean over;

  RequestBody(ServletInputStream in, int maxBytes, Owner owner) {
    this.in = in;
    this.maxBytes = maxBytes;
    this.owner = owner;
  }

  @Override
  public void onDataAvailable() throws IOException {
    while (!over && in.isReady()) {
      int length = in.read(buffer);
      if (length < 0) {
        return;
      }
      if (bytes.size() + length > maxBytes) {
        over = true;
        owner.tooLarge();
        return;
      }
      bytes.write(buffer, 0, length);
    }
  }

  @Override
  public void onAllDataRead() {
    if (!over) {
      over = true;
      owner.read(text());
    }
  }

  private @Nullable String text() {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes.toByteArray()))
          .toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  @Override
  public void onError(Throwable failure) {
    if (!over) {
      over = true;
      owner.broken(failure);
    }
  }
}
