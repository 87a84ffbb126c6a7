package io.agentstream.examples.it;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A line between browser and server that can be cut. */
final class CuttingProxy implements AutoCloseable {

  private final ServerSocket listening;
  private final int target;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  private CuttingProxy(int target) throws IOException {
    this.target = target;
    this.listening = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
  }

  static CuttingProxy to(int port) throws IOException {
    CuttingProxy proxy = new CuttingProxy(port);
    inBackground(proxy::accept);
    return proxy;
  }

  String url() {
    return "http://127.0.0.1:" + listening.getLocalPort() + "/";
  }

  /** Cuts every connection there is; new ones are let through. */
  void cut() throws IOException {
    for (Socket socket : open) {
      reset(socket);
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
    cut();
  }

  private void accept() throws IOException {
    while (true) {
      Socket client = listening.accept();
      Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
      open.add(client);
      open.add(server);
      inBackground(() -> copy(client, server));
      inBackground(() -> copy(server, client));
    }
  }

  /** As when the line itself breaks: no close handshake, no end of the stream. */
  private static void reset(Socket socket) throws IOException {
    try {
      socket.setSoLinger(true, 0);
    } catch (SocketException closed) {
      return;
    }
    socket.close();
  }

  private void copy(Socket from, Socket to) throws IOException {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      in.transferTo(out);
    } finally {
      open.remove(from);
    }
  }

  private static void inBackground(Work work) {
    Thread thread = new Thread(() -> runUntilClosed(work), "cutting-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  private static void runUntilClosed(Work work) {
    try {
      work.run();
    } catch (IOException closed) {
      // One end is closed, and with it the work is done.
    }
  }

  private interface Work {
    void run() throws IOException;
  }
}
