package io.agentstream.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A port for a server that a test starts, kills and starts again. The system gives ports from 32768
 * on to clients: one of those could get the port between two starts, and a client that tries to
 * reconnect could even connect to itself.
 *
 * <p>Nobody else is given the port before this JVM ends: no test here, and none of another module
 * that is built at the same time.
 */
public final class FreePort {

  /** How far a node of a Redis Cluster listens for other nodes above its port. */
  private static final int CLUSTER_BUS = 10_000;

  private static final int FIRST = 20_000;
  private static final int LAST = 32_767;
  private static final int TRIES = 1_000;

  /** Each port is a byte of this file; whoever has the lock on the byte has the port. */
  private static final FileChannel TAKEN = open();

  private FreePort() {}

  /** Returns a port on which nobody listens and which no client gets. */
  public static int next() {
    for (int tries = 0; tries < TRIES; tries++) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, LAST + 1);
      if (take(port)) {
        return port;
      }
    }
    throw new AssertionError("No port from " + FIRST + " to " + LAST + " is free");
  }

  /** Returns a port like {@link #next}, whose port for the other nodes of a cluster is one too. */
  static int nextOfCluster() {
    for (int tries = 0; tries < TRIES; tries++) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, LAST - CLUSTER_BUS + 1);
      if (take(port + CLUSTER_BUS) && take(port)) {
        return port;
      }
    }
    throw new AssertionError("No port from " + FIRST + " on is free for a cluster");
  }

  private static boolean take(int port) {
    try {
      return TAKEN.tryLock(port, 1, false) != null && isFree(port);
    } catch (OverlappingFileLockException e) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isFree(int port) throws IOException {
    try (ServerSocket free = new ServerSocket(port, 0, InetAddress.getLoopbackAddress())) {
      return free.isBound();
    } catch (BindException e) {
      return false;
    }
  }

  private static FileChannel open() {
    Path file =
        Path.of(
            System.getProperty("java.io.tmpdir"),
            "agentstream-test-ports-" + System.getProperty("user.name"));
    try {
      return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
