package io.agentstream.examples.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** The version of this build, from the root pom. */
public final class ThisBuild {

  private static final Pattern VERSION =
      Pattern.compile("<artifactId>agentstream-parent</artifactId>\\s*<version>([^<]+)<");

  private ThisBuild() {}

  public static String version() throws IOException {
    return VERSION
        .matcher(Files.readString(Path.of("../pom.xml")))
        .results()
        .map(found -> found.group(1))
        .findFirst()
        .orElseThrow();
  }
}
