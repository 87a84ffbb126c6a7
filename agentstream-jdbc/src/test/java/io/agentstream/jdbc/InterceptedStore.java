package io.agentstream.jdbc;

import io.agentstream.store.Store;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** A store of which a test holds up or fails the writes of turns. */
final class InterceptedStore {

  private InterceptedStore() {}

  /** Runs before each write of turns. */
  @FunctionalInterface
  interface Trouble {
    void make() throws InterruptedException;
  }

  static Store of(Store store, Trouble beforeSave) {
    return (Store)
        Proxy.newProxyInstance(
            Store.class.getClassLoader(),
            new Class<?>[] {Store.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("save")) {
                beforeSave.make();
              }
              try {
                return method.invoke(store, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
