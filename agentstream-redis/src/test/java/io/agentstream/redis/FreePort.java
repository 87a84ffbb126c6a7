package io.agentstream.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A port for a server that a test starts, kills and starts again. The system gives ports from 32768
 * on to clients: one of those could get the port between two starts, and a client that tries to
 * reconnect could even connect to itself.
 */
public final class FreePort {

  private static final int FIRST = 20_000;
  private static final int LAST = 32_767;
  private static final int TRIES = 1_000;

  private FreePort() {}

  /** Returns a port on which nobody listens and which no client gets. */
  public static int next() {
    for (int tries = 0; tries < TRIES; tries++) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, LAST + 1);
      if (isFree(port)) {
        return port;
      }
    }
    throw new AssertionError("No port from " + FIRST + " to " + LAST + " is free");
  }

  private static boolean isFree(int port) {
    try (ServerSocket free = new ServerSocket(port, 0, InetAddress.getLoopbackAddress())) {
      return free.isBound();
    } catch (BindException e) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
