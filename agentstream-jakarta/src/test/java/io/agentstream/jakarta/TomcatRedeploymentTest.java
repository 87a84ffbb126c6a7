package io.agentstream.jakarta;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.jakarta.war.WarHubProvider;
import io.agentstream.test.socket.SocketViewer;
import java.lang.ref.WeakReference;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.apache.catalina.core.JreMemoryLeakPreventionListener;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.core.ThreadLocalLeakPreventionListener;
import org.apache.catalina.servlets.DefaultServlet;
import org.apache.catalina.startup.ContextConfig;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.scan.StandardJarScanner;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A web application that is deployed again and again leaves no thread behind. */
@Timeout(120)
class TomcatRedeploymentTest {

  private static final long LOOK_EVERY_NANOS = 50_000_000;
  private static final long PATIENCE_NANOS = 60_000_000_000L;

  @TempDir Path directory;

  private final Tomcat tomcat = EmbeddedTomcat.newTomcat();
  private Path application;

  @BeforeEach
  void start() throws Exception {
    application = WarFile.write(directory.resolve("app"), WarHubProvider.class);
    // As in Tomcat's own server.xml.
    tomcat.getServer().addLifecycleListener(new JreMemoryLeakPreventionListener());
    tomcat.getServer().addLifecycleListener(new ThreadLocalLeakPreventionListener());
    tomcat.start();
  }

  @AfterEach
  void stop() throws Exception {
    tomcat.stop();
    tomcat.destroy();
  }

  /** The JDK keeps the record type that was compared last, and with it one class loader. */
  @Test
  void three_redeployments_leave_no_threads_and_no_class_loader_but_the_last() throws Exception {
    Set<Thread> others = threads();
    List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      loaders.add(deployAndUndeploy());
    }

    joinAllBut(others);
    assertThat(loaders.subList(0, 2)).allSatisfy(TomcatRedeploymentTest::collect);
  }

  /**
   * In a method of its own, because even a variable of a thread that has ended keeps its loader.
   */
  private static void joinAllBut(Set<Thread> others) throws InterruptedException {
    Set<Thread> left = threads();
    left.removeAll(others);
    for (Thread thread : left) {
      thread.join();
    }
  }

  /** A thread that is about to end may hold a loader for some seconds. */
  private static void collect(WeakReference<ClassLoader> loader) {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (loader.get() != null) {
      assertThat(System.nanoTime()).as("Something keeps the class loader").isLessThan(deadline);
      System.gc();
      LockSupport.parkNanos(LOOK_EVERY_NANOS);
    }
  }

  private WeakReference<ClassLoader> deployAndUndeploy() throws Exception {
    StandardContext context = new StandardContext();
    context.setPath("/app");
    context.setDocBase(application.toString());
    ContextConfig config = new ContextConfig();
    config.setDefaultWebXml("org/apache/catalina/startup/NO_DEFAULT_XML");
    context.addLifecycleListener(config);
    context.setContainerSciFilter("org\\.eclipse\\..*");
    ((StandardJarScanner) context.getJarScanner()).setScanClassPath(false);
    Tomcat.addServlet(context, "default", new DefaultServlet()).addMapping("/");
    tomcat.getHost().addChild(context);
    URI root = EmbeddedTomcat.root(tomcat);
    SocketViewer viewer =
        SmallBuffers.connect(
            URI.create("ws://" + root.getAuthority() + "/app/chat"), "agentstream.v1");
    viewer.expect("welcome");
    ServedHub.start(viewer);
    viewer.until("speaker_change");
    ClassLoader loader = context.getLoader().getClassLoader();
    assertThat(loader.loadClass(WarHubProvider.class.getName())).isNotEqualTo(WarHubProvider.class);

    tomcat.getHost().removeChild(context);

    assertThat(viewer.closeCode()).isEqualTo(1001);
    return new WeakReference<>(loader);
  }

  private static Set<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("agentstream-"))
        .collect(Collectors.toCollection(HashSet::new));
  }
}
