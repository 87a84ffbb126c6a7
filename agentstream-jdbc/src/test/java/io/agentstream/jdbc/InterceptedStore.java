package io.agentstream.jdbc;

import io.agentstream.store.Store;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;

/** A store of which a test holds up or fails the writes of turns, or names the problems. */
final class InterceptedStore {

  private InterceptedStore() {}

  /** Runs before each write of turns. */
  @FunctionalInterface
  interface Trouble {
    void make() throws InterruptedException;
  }

  static Store of(Store store, Trouble beforeSave) {
    return calling(
        (proxy, method, arguments) -> {
          if (method.getName().equals("save")) {
            beforeSave.make();
          }
          return invoke(store, method, arguments);
        });
  }

  /** Returns the store with other problems. */
  static Store reporting(Store store, List<String> problems) {
    return calling(
        (proxy, method, arguments) ->
            method.getName().equals("problems") ? problems : invoke(store, method, arguments));
  }

  private static Store calling(InvocationHandler handler) {
    return (Store)
        Proxy.newProxyInstance(Store.class.getClassLoader(), new Class<?>[] {Store.class}, handler);
  }

  private static Object invoke(Store store, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(store, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
