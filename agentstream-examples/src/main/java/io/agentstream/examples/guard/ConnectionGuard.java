package io.agentstream.examples.guard;

import io.agentstream.examples.config.HttpSpec;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * Bounds plain HTTP connections: their number, for each address and in total, the time for sending
 * a request, and the time for reading the response. Jetty's own idle timeout restarts with each
 * byte, so it is not enough. From the upgrade on, the hub bounds a WebSocket, and from the request
 * on it bounds the response of a door, which may last as long as a conversation.
 */
public final class ConnectionGuard extends Handler.Wrapper implements Connection.Listener {

  private static final long SWEEP_MILLIS = 1_000;
  private static final Duration LONGEST_ANSWER = Duration.ofSeconds(60);
  private static final Duration BOUNDED_BY_HUB = Duration.ofDays(1_000);

  private final HttpSpec limits;
  private final DoorPaths doors;
  private final Map<Connection, Plain> open = new ConcurrentHashMap<>();
  private final AddressCount addresses = new AddressCount();
  private final AtomicInteger count = new AtomicInteger();

  /** Wraps a handler. The guard must also be added to each connector as a bean. */
  public ConnectionGuard(Handler handler, HttpSpec limits, DoorPaths doors) {
    super(handler);
    this.limits = limits;
    this.doors = doors;
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    sweepFromNowOn(getServer().getScheduler());
  }

  private void sweepFromNowOn(Scheduler scheduler) {
    Scheduler.Task unused =
        scheduler.schedule(
            () -> {
              sweep();
              sweepFromNowOn(scheduler);
            },
            SWEEP_MILLIS,
            TimeUnit.MILLISECONDS);
  }

  @Override
  public void onOpened(Connection connection) {
    if (!(connection instanceof ConnectionMetaData)) {
      return;
    }
    String client = clientOf(connection);
    open.put(connection, new Plain(client));
    int ofClient = client == null ? 0 : addresses.add(client);
    if (count.incrementAndGet() > limits.connections()
        || ofClient > limits.connectionsPerAddress()) {
      connection.getEndPoint().close();
    }
  }

  /**
   * Returns the counting key; null for a connection that is not counted, from a trusted proxy or an
   * unknown address.
   */
  private @Nullable String clientOf(Connection connection) {
    InetAddress address = AddressCount.addressOf(connection.getEndPoint().getRemoteSocketAddress());
    return address == null || limits.isTrustedProxy(address.getHostAddress())
        ? null
        : AddressCount.clientAt(address);
  }

  @Override
  public void onClosed(Connection connection) {
    Plain plain = open.remove(connection);
    if (plain == null) {
      return;
    }
    count.decrementAndGet();
    if (plain.client != null) {
      addresses.remove(plain.client);
    }
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    Plain plain = open.get(request.getConnectionMetaData().getConnection());
    if (plain != null) {
      plain.next(doors.contain(request) ? BOUNDED_BY_HUB : LONGEST_ANSWER);
      Request.addCompletionListener(request, failure -> plain.next(limits.request()));
    }
    return super.handle(request, response, callback);
  }

  private void sweep() {
    long now = System.nanoTime();
    open.forEach(
        (connection, plain) -> {
          if (plain.isLate(now)) {
            connection.getEndPoint().close();
          }
        });
  }

  /** A connection that is not a WebSocket, with the deadline of its next step. */
  private final class Plain {

    private final @Nullable String client;
    private volatile long deadline;

    Plain(@Nullable String client) {
      this.client = client;
      next(limits.request());
    }

    void next(Duration longest) {
      deadline = System.nanoTime() + longest.toNanos();
    }

    boolean isLate(long now) {
      return now - deadline > 0;
    }
  }
}
