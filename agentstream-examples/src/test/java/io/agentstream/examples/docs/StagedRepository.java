package io.agentstream.examples.docs;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A Maven that knows the artifacts of this build as if they were installed, with a local repository
 * of its own beside that of this machine.
 *
 * @param folder holds all of it
 */
public record StagedRepository(Path folder) {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final String GROUP = "io/agentstream/";

  private static final String SETTINGS =
      """
      <settings>
        <localRepository>@folder@/local</localRepository>
        <profiles>
          <profile>
            <id>staged</id>
            <repositories>
              <repository>
                <id>staged</id>
                <url>@staged@</url>
                <snapshots>
                  <updatePolicy>always</updatePolicy>
                  <checksumPolicy>ignore</checksumPolicy>
                </snapshots>
              </repository>
              <repository>
                <id>machine</id>
                <url>@machine@</url>
                <releases><checksumPolicy>ignore</checksumPolicy></releases>
                <snapshots><enabled>false</enabled></snapshots>
              </repository>
            </repositories>
            <pluginRepositories>
              <pluginRepository>
                <id>machine</id>
                <url>@machine@</url>
                <releases><checksumPolicy>ignore</checksumPolicy></releases>
                <snapshots><enabled>false</enabled></snapshots>
              </pluginRepository>
            </pluginRepositories>
          </profile>
        </profiles>
        <activeProfiles><activeProfile>staged</activeProfile></activeProfiles>
      </settings>
      """;

  /** Copies the artifacts of these modules, and writes a command mvn that finds them. */
  public void stage(String version, List<String> modules) throws IOException {
    copy(ROOT.resolve("pom.xml"), "agentstream-parent", version, "pom");
    for (String module : modules) {
      Path built = ROOT.resolve(module);
      copy(built.resolve("pom.xml"), module, version, "pom");
      copy(built.resolve("target/" + module + "-" + version + ".jar"), module, version, "jar");
    }
    Path machine = Path.of(System.getProperty("user.home"), ".m2", "repository");
    Path settings = folder.resolve("settings.xml");
    Files.writeString(
        settings,
        SETTINGS
            .replace("@folder@", folder.toString())
            .replace("@staged@", folder.resolve("staged").toUri().toString())
            .replace("@machine@", machine.toUri().toString()));
    Path command = Files.createDirectories(bin()).resolve("mvn");
    Files.writeString(
        command, "#!/bin/sh\nexec \"$AGENTSTREAM_MVN\" -B -s '" + settings + "' \"$@\"\n");
    if (!command.toFile().setExecutable(true)) {
      throw new IOException("Cannot make a command of " + command);
    }
  }

  /** Returns the folder to put at the beginning of PATH. */
  public Path bin() {
    return folder.resolve("bin");
  }

  private void copy(Path from, String module, String version, String ending) throws IOException {
    Path to =
        folder.resolve(
            "staged/" + GROUP + module + "/" + version + "/" + module + "-" + version + "."
                + ending);
    Files.createDirectories(to.getParent());
    Files.copy(from, to, REPLACE_EXISTING);
  }
}
