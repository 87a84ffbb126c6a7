package io.agentstream.jdbc;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;

/**
 * Gives connections of a database. One of them can break as behind a router that has forgotten it:
 * nothing arrives any more, not even its end, and the database takes it for open.
 */
final class HalfOpen {

  private final DataSource source;
  private final Set<Integer> broken = ConcurrentHashMap.newKeySet();
  private volatile boolean breakNext;

  HalfOpen(DataSource source) {
    this.source = source;
  }

  /** Breaks the next connection that is asked whether it is valid. */
  void breakTheNextThatIsAsked() {
    breakNext = true;
  }

  DataSource asDataSource() {
    return proxy(
        DataSource.class,
        (proxy, method, arguments) -> {
          Object result = invoke(() -> method.invoke(source, arguments));
          return result instanceof Connection connection ? watched(connection) : result;
        });
  }

  private Connection watched(Connection connection) {
    Integer key = System.identityHashCode(connection);
    return proxy(
        Connection.class,
        (proxy, method, arguments) -> {
          String name = method.getName();
          if (name.equals("isValid") && breakNext) {
            breakNext = false;
            broken.add(key);
          }
          if (broken.contains(key)) {
            return name.equals("isValid") ? false : null;
          }
          return invoke(() -> method.invoke(connection, arguments));
        });
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(
        Proxy.newProxyInstance(HalfOpen.class.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private static Object invoke(Call call) throws Throwable {
    try {
      return call.make();
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private interface Call {
    Object make() throws ReflectiveOperationException;
  }
}
