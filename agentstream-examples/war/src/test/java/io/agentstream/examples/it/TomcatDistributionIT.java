package io.agentstream.examples.it;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

class TomcatDistributionIT extends DistributionContract {

  private static final Pattern PORT = Pattern.compile("http-nio-127\\.0\\.0\\.1-auto-1-(\\d+)");
  private static final Pattern READY = Pattern.compile("Server startup in");

  private final Path home = Path.of(System.getProperty("tomcat.home"));

  @Override
  ContainerProcess start(Path base) throws IOException {
    Path conf = Files.createDirectory(base.resolve("conf"));
    Files.copy(home.resolve("conf/web.xml"), conf.resolve("web.xml"));
    Files.writeString(
        conf.resolve("server.xml"),
        Files.readString(home.resolve("conf/server.xml"))
            .replace("port=\"8005\"", "port=\"-1\"")
            .replace("<Connector port=\"8080\"", "<Connector port=\"0\" address=\"127.0.0.1\""));
    for (String directory : List.of("logs", "temp", "work")) {
      Files.createDirectory(base.resolve(directory));
    }
    return new ContainerProcess(
        base, List.of("sh", home.resolve("bin/catalina.sh").toString(), "run"));
  }

  @Override
  URI awaitReady(ContainerProcess container) throws IOException {
    return container.awaitReady(PORT, READY);
  }
}
