package io.agentstream.http.door;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionBindingEvent;
import jakarta.servlet.http.HttpSessionBindingListener;
import java.io.Serializable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Notices the end of the HTTP session with whose login a call was made. It is an attribute of the
 * session, which containers unbind at a logout, so that no listener need be registered.
 */
final class LoginWatch implements HttpSessionBindingListener, Serializable {

  private static final long serialVersionUID = 1L;

  private static final AtomicLong COUNT = new AtomicLong();

  // Null after a session was written to a disk and read again: then its calls have ended.
  private final transient @Nullable Runnable onLogout;
  private final AtomicBoolean over = new AtomicBoolean();

  private LoginWatch(Runnable onLogout) {
    this.onLogout = onLogout;
  }

  /**
   * Watches the session of a request, if a container's login has authenticated its user.
   *
   * @param onLogout called once, on any thread
   * @return stops watching
   */
  static Runnable begin(HttpServletRequest request, Runnable onLogout) {
    HttpSession session = request.getUserPrincipal() == null ? null : request.getSession(false);
    if (session == null) {
      return () -> {};
    }
    LoginWatch watch = new LoginWatch(onLogout);
    String name = LoginWatch.class.getName() + "." + COUNT.incrementAndGet();
    try {
      session.setAttribute(name, watch);
    } catch (IllegalStateException e) {
      // The session has ended since the request was authenticated.
      watch.end();
    }
    return () -> watch.stop(session, name);
  }

  private void stop(HttpSession session, String name) {
    if (over.compareAndSet(false, true)) {
      try {
        session.removeAttribute(name);
      } catch (IllegalStateException e) {
        // The session has ended meanwhile.
      }
    }
  }

  @Override
  public void valueUnbound(HttpSessionBindingEvent event) {
    end();
  }

  private void end() {
    Runnable told = onLogout;
    if (over.compareAndSet(false, true) && told != null) {
      told.run();
    }
  }
}
