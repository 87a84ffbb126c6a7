package io.agentstream.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.test.Eventually;
import io.agentstream.test.StubAnswer;
import io.agentstream.test.StubModelServer;
import io.agentstream.test.socket.SocketViewer;
import java.io.File;
import java.lang.ref.WeakReference;
import java.net.MalformedURLException;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.devtools.restart.Restarter;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * A developer and an application under spring-boot-devtools, in a process of their own. In the
 * class loader of the process, {@code main} is the developer, who restarts the application several
 * times while a viewer watches. Devtools calls it again in a new class loader for each start, and
 * there it is the application.
 */
public final class RestartedApplication {

  private static final int STARTS = 4;
  private static final String LOADERS = "loaders";
  private static final String PORT = "port";

  private RestartedApplication() {}

  public static void main(String[] arguments) throws Exception {
    if (ClassLoader.getSystemClassLoader().equals(RestartedApplication.class.getClassLoader())) {
      develop(arguments[0].equals("library"));
    } else {
      start(arguments);
    }
  }

  /** Ends the process, because the application that was started last still runs. */
  private static void develop(boolean library) {
    int status = 1;
    try (StubModelServer models = StubModelServer.start()) {
      restart(models, reloaded(library));
      System.out.println("Nothing of the former starts is left");
      status = 0;
    } catch (Throwable e) {
      e.printStackTrace();
      Thread.getAllStackTraces()
          .keySet()
          .forEach(thread -> System.out.println(thread + " of " + thread.getContextClassLoader()));
    }
    System.exit(status);
  }

  private static void restart(StubModelServer models, URL[] reloaded) {
    models.otherwise(StubAnswer.stream().tokens("It ", "is.").finish("stop").done());
    List<WeakReference<ClassLoader>> loaders = new CopyOnWriteArrayList<>();
    AtomicInteger port = new AtomicInteger();
    Restarter.initialize(settings(models), false, thread -> reloaded, false);
    Restarter devtools = Restarter.getInstance();
    devtools.getOrAddAttribute(LOADERS, () -> loaders);
    devtools.getOrAddAttribute(PORT, () -> port);
    restart(devtools, loaders);
    for (int i = 1; i < STARTS; i++) {
      SocketViewer viewer = watch(port.get(), models);
      restart(devtools, loaders);
      assertThat(viewer.closeCode()).isEqualTo(1001);
    }
    // The thread of Boot's own shutdown hook keeps the first.
    for (WeakReference<ClassLoader> former : loaders.subList(1, STARTS - 1)) {
      Eventually.awaitCollection("the class loader of a former start", former);
    }
  }

  private static void restart(Restarter devtools, List<WeakReference<ClassLoader>> loaders) {
    int before = loaders.size();
    devtools.restart();
    Eventually.await("the application has started", () -> loaders.size() > before);
  }

  /**
   * Leaves one conversation that has ended, and one whose speaker is in the middle of a message.
   */
  private static SocketViewer watch(int port, StubModelServer models) {
    SocketViewer viewer = new Browser(port).open("/ws");
    viewer.await("welcome");
    viewer.start("{\"topic\": \"tea\", \"max_rounds\": 1}");
    viewer.await("conversation_ended");
    models.enqueue(StubAnswer.stream().tokens("It "));
    viewer.start("{\"topic\": \"coffee\", \"max_rounds\": 1}");
    viewer.await("streaming_token");
    return viewer;
  }

  private static String[] settings(StubModelServer models) {
    return new String[] {
      "--server.port=0",
      "--spring.main.banner-mode=off",
      "--spring.devtools.livereload.enabled=false",
      "--spring.datasource.url=jdbc:h2:mem:restarted",
      "--agentstream.anonymous=true",
      "--agentstream.http.enabled=true",
      "--agentstream.model.base-url=" + models.baseUrl(),
      "--agentstream.teams=classpath:forecast.yaml",
      "--agentstream.timeouts.drain=0s"
    };
  }

  /** Returns the application's own classes, or all of this project's. */
  private static URL[] reloaded(boolean library) throws MalformedURLException {
    List<URL> urls = new ArrayList<>();
    for (String entry : JavaProcess.ownClassPath()) {
      File file = new File(entry);
      if (file.isDirectory() || file.getName().startsWith("agentstream-")) {
        urls.add(file.toURI().toURL());
      }
    }
    URL own = RestartedApplication.class.getProtectionDomain().getCodeSource().getLocation();
    return library ? urls.toArray(new URL[0]) : new URL[] {own};
  }

  /** Devtools keeps the attributes from one class loader to the next. */
  @SuppressWarnings("unchecked")
  private static void start(String[] arguments) {
    ConfigurableApplicationContext application =
        SpringApplication.run(DebateApplication.class, arguments);
    Restarter devtools = Restarter.getInstance();
    String port = application.getEnvironment().getProperty("local.server.port", "0");
    ((AtomicInteger) devtools.getOrAddAttribute(PORT, AtomicInteger::new))
        .set(Integer.parseInt(port));
    ((List<WeakReference<ClassLoader>>) devtools.getOrAddAttribute(LOADERS, ArrayList::new))
        .add(new WeakReference<>(RestartedApplication.class.getClassLoader()));
  }
}
