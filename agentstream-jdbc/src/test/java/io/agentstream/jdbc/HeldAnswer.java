package io.agentstream.jdbc;

import io.agentstream.backplane.Backplane;
import io.agentstream.backplane.CommandRouter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Holds back what the other nodes answer to a command. */
final class HeldAnswer {

  private static final long PATIENCE_SECONDS = 60;

  private final CompletableFuture<Void> come = new CompletableFuture<>();
  private final CompletableFuture<Void> handedOut = new CompletableFuture<>();

  /** Returns the same backplane, but for the answers. */
  Backplane on(Backplane shared) {
    return (Backplane)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {Backplane.class},
            (proxy, method, arguments) -> {
              try {
                Object result = method.invoke(shared, arguments);
                return result instanceof CommandRouter router ? held(router) : result;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private CommandRouter held(CommandRouter router) {
    return command ->
        router
            .route(command)
            .thenCompose(
                outcome -> {
                  come.complete(null);
                  return handedOut.thenApply(done -> outcome);
                });
  }

  void awaitCome() throws Exception {
    come.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  void handOut() {
    handedOut.complete(null);
  }
}
