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
    Path settings = Files.createDirectory(base.resolve("start.d"));
    Files.writeString(
        settings.resolve("ee11.ini"),
        "--modules=ee11-deploy,ee11-annotations,ee11-websocket-jakarta");
    // Apart from the other, whose settings are those of its environment and not of the server.
    Files.writeString(
        settings.resolve("http.ini"),
        """
        --modules=http
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
