package io.agentstream.jakarta;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The browser client as a program in TypeScript sees it, judged by TypeScript's own compiler. */
class TypeDeclarationsTest {

  /** For a program that hangs; on a busy machine, starting one alone can take a minute. */
  private static final long PATIENCE_MINUTES = 5;

  private static final Path CLIENT = Path.of("src/main/resources/META-INF/resources/agentstream");
  private static final String COMPILER = "META-INF/resources/webjars/typescript/";
  private static final String SETTINGS =
      """
      {"compilerOptions": {"strict": true, "noEmit": true, "target": "es2022", "module": "nodenext",
        "lib": ["es2022", "dom"], "types": []}, "files": ["client.ts"]}
      """;

  @TempDir Path folder;

  @Test
  void a_program_in_typescript_compiles_against_the_package() throws Exception {
    Path compiler = unpackCompiler();
    Path program = folder.resolve("program");
    copyClient(program.resolve("node_modules/agentstream-client"));
    Files.copy(Path.of("src/test/ts/client.ts"), program.resolve("client.ts"));
    Files.writeString(program.resolve("package.json"), "{\"type\": \"module\"}");
    Files.writeString(program.resolve("tsconfig.json"), SETTINGS);

    Path output = folder.resolve("tsc.txt");
    Process tsc =
        new ProcessBuilder(Node.path().toString(), compiler.toString(), "--pretty", "false")
            .directory(program.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    boolean ended = tsc.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES);
    tsc.destroyForcibly();
    String said = Files.readString(output, StandardCharsets.UTF_8);
    assertThat(ended).as(said).isTrue();
    assertThat(tsc.exitValue()).as(said).isZero();
  }

  private static void copyClient(Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(CLIENT)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName().toString()));
      }
    }
  }

  private Path unpackCompiler() throws IOException {
    Path lib = Files.createDirectories(folder.resolve("typescript"));
    try (JarFile jar = new JarFile(compilerJar().toFile())) {
      for (Enumeration<JarEntry> all = jar.entries(); all.hasMoreElements(); ) {
        JarEntry entry = all.nextElement();
        String name = entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
        boolean needed = name.matches("_?tsc\\.js|lib\\..*\\.d\\.ts|lib\\.d\\.ts");
        if (needed && entry.getName().matches(COMPILER + "[^/]+/lib/[^/]+")) {
          try (InputStream content = jar.getInputStream(entry)) {
            Files.copy(content, lib.resolve(name));
          }
        }
      }
    }
    return lib.resolve("tsc.js");
  }

  private static Path compilerJar() {
    URL inside =
        TypeDeclarationsTest.class.getResource(
            "/META-INF/maven/org.webjars.npm/typescript/pom.properties");
    String url = inside.toString();
    return Path.of(URI.create(url.substring("jar:".length(), url.indexOf('!'))));
  }
}
