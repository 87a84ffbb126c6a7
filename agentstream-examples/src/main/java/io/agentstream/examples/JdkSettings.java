package io.agentstream.examples;

/** Sets JDK properties that apply to the whole process. Values that are already set stay. */
final class JdkSettings {

  private static final String COMMON_POOL = "java.util.concurrent.ForkJoinPool.common.parallelism";
  private static final String IDLE_CONNECTIONS = "jdk.httpclient.connectionPoolSize";
  private static final String IDLE_SECONDS = "jdk.httpclient.keepalive.timeout";

  private JdkSettings() {}

  /** Must be called before anything else. */
  static void apply() {
    // The JDK's HTTP client completes each call in CompletableFuture's pool. If that pool has one
    // thread, as on two processors, Java 17 starts a thread for each task instead.
    if (Runtime.getRuntime().availableProcessors() < 3) {
      set(COMMON_POOL, "2");
    }
    // An idle connection to a model server takes 20 KB, including its last response, and Java 17
    // would keep any number of them for 20 minutes.
    set(IDLE_CONNECTIONS, "256");
    set(IDLE_SECONDS, "30");
  }

  private static void set(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }
}
