package io.agentstream.benchmarks.load;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The body of a chunked HTTP response, as far as it has come and has not been read. */
final class ChunkedBody {

  private byte[] text = new byte[1_024];
  private int filled;
  private int leftInChunk;
  private boolean inBody;

  /** Takes the whole chunks and parts of chunks that have come. */
  void take(Inbound inbound) throws IOException {
    int at = inBody ? 0 : afterHead(inbound);
    while (inBody && at < inbound.filled()) {
      if (leftInChunk == 0) {
        int data = afterSize(inbound, at);
        if (data < 0) {
          break;
        }
        at = data;
      } else {
        int count = Math.min(leftInChunk, inbound.filled() - at);
        append(inbound.buffer(), at, count);
        leftInChunk -= count;
        at += count;
      }
    }
    inbound.drop(at);
  }

  byte[] text() {
    return text;
  }

  int filled() {
    return filled;
  }

  /** Forgets the text before this place. */
  void drop(int end) {
    System.arraycopy(text, end, text, 0, filled - end);
    filled -= end;
  }

  private int afterHead(Inbound inbound) throws IOException {
    String head = new String(inbound.buffer(), 0, inbound.filled(), StandardCharsets.US_ASCII);
    int end = head.indexOf("\r\n\r\n");
    if (end < 0) {
      return 0;
    }
    if (!head.startsWith("HTTP/1.1 200")) {
      throw new IOException("refused: " + head.substring(0, head.indexOf('\r')));
    }
    inBody = true;
    return end + 4;
  }

  /**
   * Reads the size of the next chunk, after the line that ends the previous one.
   *
   * @return the index of its data; -1 if the size has not come yet
   */
  private int afterSize(Inbound inbound, int from) {
    int at = from;
    while (at < inbound.filled()
        && (inbound.buffer()[at] == '\r' || inbound.buffer()[at] == '\n')) {
      at++;
    }
    int size = 0;
    for (int i = at; i < inbound.filled(); i++) {
      if (inbound.buffer()[i] == '\n') {
        leftInChunk = size;
        return i + 1;
      }
      int digit = Character.digit(inbound.buffer()[i], 16);
      size = digit < 0 ? size : size * 16 + digit;
    }
    return -1;
  }

  private void append(byte[] from, int at, int count) {
    if (filled + count > text.length) {
      text = Arrays.copyOf(text, Math.max(filled + count, 2 * text.length));
    }
    System.arraycopy(from, at, text, filled, count);
    filled += count;
  }
}
