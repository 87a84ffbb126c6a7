package io.agentstream.benchmarks.load;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Measures the minimum: the processor time of a bare write to a socket of this machine. */
final class BareWrite {

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private BareWrite() {}

  /**
   * Writes to several sockets at a given pace, while another thread reads.
   *
   * @param bytes the size of a write
   * @return microseconds for each write
   */
  static double micros(int sockets, int bytes, long intervalMillis, int rounds) throws IOException {
    // The warm-up takes as long as the measurement.
    return twice(sockets, bytes, (to, frame) -> write(to, frame, intervalMillis, rounds));
  }

  /**
   * Writes once to each of several sockets in turn, while another thread reads.
   *
   * @param bytes the size of a write
   * @param intervalMillis the time before each write
   * @return microseconds for each write
   */
  static double microsInTurn(int sockets, int bytes, long intervalMillis) throws IOException {
    return twice(
        sockets,
        bytes,
        (to, frame) -> {
          double sum = 0;
          for (SocketChannel one : to) {
            sum += write(List.of(one), frame, intervalMillis, 1);
          }
          return sum / sockets;
        });
  }

  /** Writes to sockets, and returns the microseconds for each write. */
  @FunctionalInterface
  private interface Writes {
    double to(List<SocketChannel> sockets, ByteBuffer frame) throws IOException;
  }

  private static double twice(int sockets, int bytes, Writes writes) throws IOException {
    List<SocketChannel> writers = new ArrayList<>();
    try (Selector selector = Selector.open()) {
      connect(sockets, writers, selector);
      Thread reader = new Thread(() -> readAll(selector), "bare-reader");
      reader.setDaemon(true);
      reader.start();
      ByteBuffer frame = ByteBuffer.allocateDirect(bytes);
      double unused = writes.to(writers, frame);
      return writes.to(writers, frame);
    } finally {
      for (SocketChannel writer : writers) {
        writer.close();
      }
    }
  }

  private static void connect(int sockets, List<SocketChannel> writers, Selector selector)
      throws IOException {
    try (ServerSocketChannel server = ServerSocketChannel.open()) {
      server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      for (int i = 0; i < sockets; i++) {
        SocketChannel reading = SocketChannel.open(server.getLocalAddress());
        reading.configureBlocking(false);
        reading.register(selector, SelectionKey.OP_READ);
        writers.add(server.accept());
      }
    }
  }

  private static double write(
      List<SocketChannel> writers, ByteBuffer frame, long intervalMillis, int rounds)
      throws IOException {
    long before = THREADS.getCurrentThreadCpuTime();
    long due = System.nanoTime();
    for (int round = 0; round < rounds; round++) {
      due += intervalMillis * 1_000_000;
      for (long now = System.nanoTime(); now < due; now = System.nanoTime()) {
        LockSupport.parkNanos(due - now);
      }
      for (SocketChannel writer : writers) {
        frame.rewind();
        while (frame.hasRemaining()) {
          writer.write(frame);
        }
      }
    }
    long used = THREADS.getCurrentThreadCpuTime() - before;
    return used / 1_000.0 / rounds / writers.size();
  }

  private static void readAll(Selector selector) {
    ByteBuffer bytes = ByteBuffer.allocateDirect(64 * 1024);
    try {
      while (true) {
        selector.select(key -> read(key, bytes));
      }
    } catch (ClosedSelectorException over) {
      // All has been written.
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void read(SelectionKey key, ByteBuffer bytes) {
    try {
      bytes.clear();
      if (((SocketChannel) key.channel()).read(bytes) < 0) {
        key.channel().close();
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
