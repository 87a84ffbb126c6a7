package io.agentstream.test.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/**
 * A port on the loopback address that refuses connections. It is bound and does not listen, so that
 * nobody else gets it meanwhile.
 */
public final class RefusingPort implements AutoCloseable {

  private final Socket held = new Socket();

  /** Takes a free port. */
  public RefusingPort() {
    try {
      held.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the base URL of the model server that is not there. */
  public String baseUrl() {
    return "http://127.0.0.1:" + held.getLocalPort() + "/v1";
  }

  @Override
  public void close() {
    try {
      held.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
