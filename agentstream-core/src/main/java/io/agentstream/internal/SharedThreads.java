package io.agentstream.internal;

import java.security.AccessController;
import java.security.PrivilegedAction;

/**
 * Creates threads for several applications in one process, such as web applications on a server
 * that has the library once. A thread may outlive the application that needed it first, so it keeps
 * nothing of that application: no thread-locals, no context class loader, and no access control
 * context, which holds the class loader of every caller.
 */
public final class SharedThreads {

  /** The first release in which a thread inherits no access control context. */
  private static final int NO_CONTEXT = 24;

  private SharedThreads() {}

  /** Returns a daemon thread whose context class loader is the system's. */
  public static Thread daemon(Runnable task, String name) {
    Thread thread =
        Runtime.version().feature() < NO_CONTEXT ? privileged(task, name) : create(task, name);
    thread.setDaemon(true);
    thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
    return thread;
  }

  // A method of its own: a release without AccessController must not link it.
  @SuppressWarnings("removal")
  private static Thread privileged(Runnable task, String name) {
    return AccessController.doPrivileged((PrivilegedAction<Thread>) () -> create(task, name));
  }

  private static Thread create(Runnable task, String name) {
    return new Thread(null, task, name, 0, false);
  }
}
