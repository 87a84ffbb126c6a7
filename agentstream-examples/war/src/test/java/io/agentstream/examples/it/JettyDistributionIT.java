package io.agentstream.examples.it;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

class JettyDistributionIT extends DistributionContract {

  private static final Pattern PORT =
      Pattern.compile("Started .*ServerConnector.*\\{127\\.0\\.0\\.1:(\\d+)}");
  private static final Pattern READY = Pattern.compile("Started .*oejs\\.Server@");

  private final Path home = Path.of(System.getProperty("jetty.home"));

  @Override
  ContainerProcess start(Path base) throws IOException {
    Files.writeString(
        Files.createDirectory(base.resolve("start.d")).resolve("agentstream.ini"),
        """
        --modules=http,ee11-deploy,ee11-annotations,ee11-websocket-jakarta
        jetty.http.host=127.0.0.1
        jetty.http.port=0
        """);
    return new ContainerProcess(
        base,
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-jar",
            home.resolve("start.jar").toString()));
  }

  @Override
  URI awaitReady(ContainerProcess container) throws IOException {
    return container.awaitReady(PORT, READY);
  }
}
