package io.agentstream.benchmarks.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;

/**
 * An OpenAI-compatible model server on one thread. The prompt defines the answer: {@code tokens=200
 * interval=10}, with the interval in milliseconds, 0 for as fast as the socket accepts them. With
 * {@code hold=150,180} after it, the answer waits after so many tokens, each time until somebody
 * posts to {@code /release}.
 */
final class ModelServer {

  private static final int ACCEPT_QUEUE = 16_384;

  private final Selector selector;
  private final ServerSocketChannel listening;
  private final PriorityQueue<ModelAnswer> due = new PriorityQueue<>();
  private final List<ModelAnswer> held = new ArrayList<>();
  private final ByteBuffer reading = ByteBuffer.allocateDirect(64 * 1024);

  private ModelServer(int port) throws IOException {
    selector = Selector.open();
    listening = ServerSocketChannel.open();
    listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), ACCEPT_QUEUE);
    listening.configureBlocking(false);
    listening.register(selector, SelectionKey.OP_ACCEPT);
  }

  public static void main(String[] args) throws IOException {
    ModelServer server = new ModelServer(args.length == 0 ? 0 : Integer.parseInt(args[0]));
    System.out.println("listening on " + server.listening.socket().getLocalPort());
    server.run();
  }

  private void run() throws IOException {
    while (true) {
      writeDue();
      select();
      for (SelectionKey key : selector.selectedKeys()) {
        serve(key);
      }
      selector.selectedKeys().clear();
    }
  }

  private void select() throws IOException {
    ModelAnswer next = due.peek();
    if (next == null) {
      selector.select();
      return;
    }
    long millis = (next.dueNanos() - System.nanoTime()) / 1_000_000;
    if (millis <= 0) {
      selector.selectNow();
    } else {
      selector.select(millis);
    }
  }

  private void serve(SelectionKey key) throws IOException {
    if (key.isAcceptable()) {
      accept();
      return;
    }
    ModelAnswer answer = (ModelAnswer) key.attachment();
    try {
      if (key.isReadable() && answer.read(reading)) {
        begin(answer);
      } else if (key.isValid() && key.isWritable() && answer.flush() && !answer.isIdle()) {
        proceed(answer);
      }
    } catch (IOException e) {
      // The client has closed the connection.
      due.remove(answer);
      key.channel().close();
    }
  }

  private void begin(ModelAnswer answer) throws IOException {
    if (answer.begin()) {
      due.remove(answer);
      due.add(answer);
      return;
    }
    held.forEach(ModelAnswer::release);
    due.addAll(held);
    held.clear();
  }

  private void proceed(ModelAnswer answer) {
    if (answer.isHeld()) {
      held.add(answer);
    } else {
      due.add(answer);
    }
  }

  private void accept() throws IOException {
    SocketChannel channel;
    while ((channel = listening.accept()) != null) {
      channel.configureBlocking(false);
      channel.socket().setTcpNoDelay(true);
      SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
      key.attach(new ModelAnswer(channel, key));
    }
  }

  private void writeDue() throws IOException {
    long now = System.nanoTime();
    ModelAnswer next;
    while ((next = due.peek()) != null && next.dueNanos() <= now) {
      due.poll();
      try {
        if (next.writeNext() && !next.isIdle()) {
          proceed(next);
        }
      } catch (IOException e) {
        next.close();
      }
    }
  }
}
