package io.agentstream.teams.internal.mcp;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads lines of UTF-8 up to a length. Not thread-safe. */
final class BoundedLines {

  private final InputStream in;
  private final int mostBytes;

  BoundedLines(InputStream in, int mostBytes) {
    this.in = new BufferedInputStream(in);
    this.mostBytes = mostBytes;
  }

  /**
   * Returns the next line; null at the end.
   *
   * @throws IOException if the line is too long, or cannot be read
   */
  @Nullable String next() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int each = in.read();
    if (each < 0) {
      return null;
    }
    while (each >= 0 && each != '\n') {
      if (line.size() >= mostBytes) {
        throw new IOException("A line has more than " + mostBytes + " bytes");
      }
      line.write(each);
      each = in.read();
    }
    return line.toString(StandardCharsets.UTF_8);
  }
}
