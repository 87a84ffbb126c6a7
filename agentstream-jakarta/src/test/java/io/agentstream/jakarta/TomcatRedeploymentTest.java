package io.agentstream.jakarta;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.jakarta.war.WarHubProvider;
import io.agentstream.test.Eventually;
import io.agentstream.test.StubAnswer;
import io.agentstream.test.StubModelServer;
import io.agentstream.test.socket.SocketViewer;
import java.lang.ref.WeakReference;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.catalina.core.JreMemoryLeakPreventionListener;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.core.ThreadLocalLeakPreventionListener;
import org.apache.catalina.servlets.DefaultServlet;
import org.apache.catalina.startup.ContextConfig;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.scan.StandardJarScanner;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A web application that is deployed again and again leaves no thread behind. */
@Timeout(240)
class TomcatRedeploymentTest {

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

  @Test
  void undeployed_while_a_model_thinks_it_leaves_no_threads_and_no_class_loader() throws Exception {
    leavesNothing(null, "speaker_change");
  }

  /** Its HTTP client has an idle connection to the model server then. */
  @Test
  void undeployed_after_a_conversation_it_leaves_no_threads_and_no_class_loader() throws Exception {
    try (StubModelServer models = StubModelServer.start()) {
      models.otherwise(StubAnswer.stream().tokens("It ", "is.").finish("stop").done());
      leavesNothing(models, "conversation_ended");
    }
  }

  /** The JDK keeps the record type that was compared last, and with it the last class loader. */
  private void leavesNothing(@Nullable StubModelServer models, String until) throws Exception {
    Set<Thread> others = threads();
    List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      loaders.add(deployAndUndeploy(models, until));
    }

    joinAllBut(others);
    for (WeakReference<ClassLoader> loader : loaders.subList(0, 2)) {
      Eventually.awaitCollection("the class loader", loader);
    }
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

  private WeakReference<ClassLoader> deployAndUndeploy(
      @Nullable StubModelServer models, String until) throws Exception {
    StandardContext context = new StandardContext();
    context.setPath("/app");
    if (models != null) {
      context.addParameter(WarHubProvider.MODEL_SERVER, models.baseUrl());
    }
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
    viewer.until(until);
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
