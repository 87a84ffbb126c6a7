package io.agentstream.jakarta;

import io.agentstream.hub.ConversationHub;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Lays out a web application: the provider's package as its classes, and agentstream's jars. */
final class WarFile {

  private WarFile() {}

  static Path write(Path directory, Class<? extends HubProvider> provider)
      throws IOException, URISyntaxException {
    Path classes = directory.resolve("WEB-INF/classes");
    copyPackage(provider, classes);
    Path services = Files.createDirectories(classes.resolve("META-INF/services"));
    Files.writeString(services.resolve(HubProvider.class.getName()), provider.getName());
    Path lib = Files.createDirectories(directory.resolve("WEB-INF/lib"));
    writeJar(originOf(AgentstreamWebSocket.class), lib.resolve("agentstream-jakarta.jar"));
    writeJar(originOf(ConversationHub.class), lib.resolve("agentstream-core.jar"));
    return directory;
  }

  private static void copyPackage(Class<?> type, Path classes)
      throws IOException, URISyntaxException {
    String ownPackage = type.getPackageName().replace('.', '/');
    Path copy = Files.createDirectories(classes.resolve(ownPackage));
    Path origin = originOf(type);
    if (Files.isDirectory(origin)) {
      copyFiles(origin.resolve(ownPackage), copy);
      return;
    }
    try (FileSystem jar = FileSystems.newFileSystem(origin)) {
      copyFiles(jar.getPath(ownPackage), copy);
    }
  }

  private static void copyFiles(Path from, Path to) throws IOException {
    for (Path file : filesIn(from)) {
      Files.copy(file, to.resolve(file.getFileName().toString()));
    }
  }

  /** The jar, or in a build that made none yet the directory, that a class comes from. */
  private static Path originOf(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  private static void writeJar(Path origin, Path jar) throws IOException {
    if (Files.isRegularFile(origin)) {
      Files.copy(origin, jar);
      return;
    }
    try (OutputStream out = Files.newOutputStream(jar);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Path file : filesIn(origin)) {
        zip.putNextEntry(new ZipEntry(origin.relativize(file).toString().replace('\\', '/')));
        Files.copy(file, zip);
      }
    }
  }

  private static List<Path> filesIn(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
