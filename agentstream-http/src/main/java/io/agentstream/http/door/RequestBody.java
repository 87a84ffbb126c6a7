package io.agentstream.http.door;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads a body without blocking, up to a bound. A longer body is received for a while and dropped.
 */
final class RequestBody implements ReadListener {

  private static final int BUFFER_BYTES = 4096;

  /** Receives the result: exactly one call, which {@link #restDropped} may follow. */
  interface Owner {
    /**
     * Takes the complete body.
     *
     * @param text null if it is not UTF-8
     */
    void read(@Nullable String text);

    /**
     * Takes note that the body is too long.
     *
     * @param complete true if the client has sent all of it
     */
    void tooLarge(boolean complete);

    /** Takes note that there is no space for the body, whose rest is received and dropped. */
    void noSpace();

    /** Takes note that a part of the rest of a body without space has been received. */
    void restComes();

    /** Takes note that the rest of a body without space has been received. */
    void restDropped();

    void broken(Throwable cause);
  }

  private final ServletInputStream in;
  private final int maxBytes;
  private final BodySpace.Place place;
  private final Owner owner;
  private ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private long received;
  private boolean dropping;
  private boolean over;

  RequestBody(ServletInputStream in, int maxBytes, BodySpace.Place place, Owner owner) {
    this.in = in;
    this.maxBytes = maxBytes;
    this.place = place;
    this.owner = owner;
  }

  @Override
  public void onDataAvailable() throws IOException {
    // Not kept: a body that does not arrive would hold it.
    byte[] buffer = new byte[BUFFER_BYTES];
    while (!over && in.isReady()) {
      int length = in.read(buffer);
      if (length < 0) {
        return;
      }
      received += length;
      if (received > maxBytes + RequestRest.MOST_BYTES) {
        over = true;
        if (!dropping) {
          owner.tooLarge(false);
        }
      } else if (dropping) {
        owner.restComes();
      } else if (received <= maxBytes) {
        keep(buffer, length);
      } else {
        forget();
      }
    }
  }

  private void keep(byte[] buffer, int length) {
    if (place.hold(received)) {
      bytes.write(buffer, 0, length);
      return;
    }
    dropping = true;
    forget();
    owner.noSpace();
  }

  private void forget() {
    bytes = new ByteArrayOutputStream(0);
    release();
  }

  @Override
  public void onAllDataRead() {
    if (!over) {
      over = true;
      if (dropping) {
        owner.restDropped();
      } else if (received > maxBytes) {
        owner.tooLarge(true);
      } else {
        try {
          owner.read(text());
        } finally {
          release();
        }
      }
    }
  }

  /** Gives back the room that the body takes up; called when the request is over, at the latest. */
  void release() {
    place.release();
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
      // The refusal may still reach a client that has only stopped sending.
      if (!dropping) {
        owner.broken(failure);
      }
    }
  }
}
