package io.agentstream.examples.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** The jar contains only intended libraries, because each of them runs with the server's rights. */
class JarContentsIT {

  private static final List<String> WANTED =
      List.of(
          "ch/qos/logback/",
          "com/fasterxml/jackson/annotation/",
          "com/fasterxml/jackson/core/",
          "com/fasterxml/jackson/databind/",
          "com/knuddels/jtokkit/",
          "com/zaxxer/hikari/",
          "dev/langchain4j/",
          "dev/langchain4j/model/anthropic/",
          "dev/langchain4j/model/googleai/",
          "dev/langchain4j/model/ollama/",
          "io/agentstream/",
          "io/lettuce/",
          "io/micrometer/",
          "io/netty/",
          "io/opentelemetry/",
          "io/prometheus/metrics/",
          "jakarta/servlet/",
          "jakarta/websocket/",
          "org/HdrHistogram/",
          // The endpoint's container extends that of Jetty's WebSocket client.
          "org/eclipse/jetty/alpn/",
          "org/eclipse/jetty/client/",
          "org/eclipse/jetty/compression/",
          "org/eclipse/jetty/ee11/servlet/",
          "org/eclipse/jetty/ee11/websocket/",
          "org/eclipse/jetty/http/",
          "org/eclipse/jetty/io/",
          "org/eclipse/jetty/security/",
          "org/eclipse/jetty/server/",
          "org/eclipse/jetty/session/",
          "org/eclipse/jetty/util/",
          "org/eclipse/jetty/websocket/",
          "org/h2/",
          "org/jspecify/annotations/",
          "org/postgresql/",
          "org/reactivestreams/",
          "org/slf4j/",
          "org/snakeyaml/engine/",
          "reactor/",
          "redis/clients/authentication/");

  @Test
  void no_class_is_on_board_that_nobody_has_listed_and_nothing_is_listed_that_is_not_there()
      throws IOException {
    String jar = System.getProperty("agentstream.server.jar", "target/agentstream-server.jar");
    try (ZipFile zip = new ZipFile(jar)) {
      List<String> classes =
          zip.stream()
              .map(ZipEntry::getName)
              .filter(name -> name.endsWith(".class") && !name.startsWith("META-INF/"))
              .toList();
      assertThat(classes).filteredOn(name -> WANTED.stream().noneMatch(name::startsWith)).isEmpty();
      assertThat(WANTED)
          .allMatch(prefix -> classes.stream().anyMatch(name -> name.startsWith(prefix)));
    }
  }
}
