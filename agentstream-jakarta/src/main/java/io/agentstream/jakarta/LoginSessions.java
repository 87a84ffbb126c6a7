package io.agentstream.jakarta;

import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionIdListener;
import jakarta.servlet.http.HttpSessionListener;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Closes a viewer's connections when the HTTP session ends in which they were opened, for example
 * by a logout or by its timeout. They are closed with 4001, so that the viewer comes back and is
 * authenticated again. A web application with a {@link HubProvider} has one; if you call {@link
 * AgentstreamWebSocket#register} yourself, add an object of this class to the servlet context and
 * pass it on. Thread-safe.
 */
public final class LoginSessions implements Logins, HttpSessionListener, HttpSessionIdListener {

  // Guarded by this. A connection is in the set of its session's current id.
  private final Map<String, Set<Connection>> open = new HashMap<>();

  @Override
  public Runnable opened(@Nullable Object httpSession, Runnable end) {
    if (!(httpSession instanceof HttpSession session)) {
      return () -> {};
    }
    Connection connection = new Connection(session.getId(), end);
    add(connection);
    if (isOver(session)) {
      end(connection.sessionId);
    }
    return () -> remove(connection);
  }

  @Override
  public void sessionDestroyed(HttpSessionEvent event) {
    end(event.getSession().getId());
  }

  @Override
  public synchronized void sessionIdChanged(HttpSessionEvent event, String oldId) {
    Set<Connection> moved = open.remove(oldId);
    if (moved != null) {
      for (Connection connection : moved) {
        connection.sessionId = event.getSession().getId();
        add(connection);
      }
    }
  }

  private synchronized void add(Connection connection) {
    open.computeIfAbsent(connection.sessionId, id -> new HashSet<>()).add(connection);
  }

  private synchronized void remove(Connection connection) {
    Set<Connection> connections = open.get(connection.sessionId);
    if (connections != null && connections.remove(connection) && connections.isEmpty()) {
      open.remove(connection.sessionId);
    }
  }

  private void end(String sessionId) {
    Set<Connection> ended;
    synchronized (this) {
      ended = open.remove(sessionId);
    }
    if (ended != null) {
      ended.forEach(connection -> connection.end.run());
    }
  }

  /** Returns true if the session has ended between the handshake and the registration. */
  private static boolean isOver(HttpSession session) {
    try {
      long unused = session.getCreationTime();
      return false;
    } catch (IllegalStateException e) {
      return true;
    }
  }

  /** Returns how many sessions have connections. */
  synchronized int size() {
    return open.size();
  }

  /** One connection; two of them are never equal. */
  private static final class Connection {
    private String sessionId;
    private final Runnable end;

    private Connection(String sessionId, Runnable end) {
      this.sessionId = sessionId;
      this.end = end;
    }
  }
}
