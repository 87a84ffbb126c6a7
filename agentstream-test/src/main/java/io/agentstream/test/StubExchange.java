package io.agentstream.test;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.util.List;

/** An answer that is being sent; used by one thread. */
final class StubExchange {

  private final Socket socket;
  private final int status;
  private final List<String> headers;
  private boolean headSent;
  private int chunkSize = Integer.MAX_VALUE;

  StubExchange(Socket socket, int status, List<String> headers) {
    this.socket = socket;
    this.status = status;
    this.headers = headers;
  }

  void sendHead() throws IOException {
    if (headSent) {
      return;
    }
    headSent = true;
    StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Stub\r\n");
    headers.forEach(header -> head.append(header).append("\r\n"));
    if (headers.stream().noneMatch(header -> header.startsWith("Content-Length"))) {
      head.append("Transfer-Encoding: chunked\r\n");
    }
    write(head.append("\r\n").toString().getBytes(US_ASCII));
  }

  void withoutHead() {
    headSent = true;
  }

  void chunkSize(int size) {
    this.chunkSize = size;
  }

  void sendChunked(byte[] bytes) throws IOException {
    sendHead();
    for (int start = 0; start < bytes.length; start += Math.min(chunkSize, bytes.length - start)) {
      sendChunk(bytes, start, Math.min(chunkSize, bytes.length - start));
    }
  }

  void sendLastChunk() throws IOException {
    sendRaw("0\r\n\r\n".getBytes(US_ASCII));
  }

  void sendRaw(byte[] bytes) throws IOException {
    sendHead();
    write(bytes);
  }

  void close() throws IOException {
    sendHead();
    socket.close();
  }

  void reset() throws IOException {
    sendHead();
    socket.setSoLinger(true, 0);
    socket.close();
  }

  private void sendChunk(byte[] bytes, int start, int length) throws IOException {
    ByteArrayOutputStream chunk = new ByteArrayOutputStream(length + 12);
    chunk.writeBytes((Integer.toHexString(length) + "\r\n").getBytes(US_ASCII));
    chunk.write(bytes, start, length);
    chunk.writeBytes("\r\n".getBytes(US_ASCII));
    write(chunk.toByteArray());
  }

  private void write(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }
}
