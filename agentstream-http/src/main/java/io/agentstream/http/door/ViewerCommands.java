package io.agentstream.http.door;

import io.agentstream.viewer.ViewerConnection;
import io.agentstream.wire.ClientCommand;
import io.agentstream.wire.Request;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Sends a viewer's commands one at a time, whichever threads they come from. Thread-safe; never
 * blocks: a command that meets another is sent by the thread that sends that one.
 */
public final class ViewerCommands {

  private final ViewerConnection connection;
  private final Queue<Request> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger unsent = new AtomicInteger();

  public ViewerCommands(ViewerConnection connection) {
    this.connection = connection;
  }

  /** Sends a command. */
  public void send(ClientCommand command) {
    send(new Request(null, command));
  }

  /** Sends a command with an id, which the reply has. */
  public void send(Request request) {
    waiting.add(request);
    if (unsent.getAndIncrement() > 0) {
      return;
    }
    do {
      Request next = waiting.poll();
      if (next != null) {
        connection.receive(next);
      }
    } while (unsent.decrementAndGet() > 0);
  }
}
