package io.agentstream.examples.backup;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The request for one backup and the reply to it, as two files in the server's folder. Each appears
 * whole. Requests have names of their own, so that several commands can ask at a time.
 *
 * @param folder the server's folder
 * @param id tells one request from another
 */
record BackupMail(Path folder, String id) {

  private static final String REQUESTS = "backup-*.request";
  private static final Pattern REQUEST = Pattern.compile("backup-([0-9a-f-]{36})\\.request");
  private static final int LONGEST_BYTES = 16_384;

  /** Makes one that nobody has used. */
  static BackupMail create(Path folder) {
    return new BackupMail(folder, UUID.randomUUID().toString());
  }

  /** Returns those that wait for a reply. */
  static List<BackupMail> requests(Path folder) throws IOException {
    List<BackupMail> requests = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, REQUESTS)) {
      for (Path file : files) {
        Matcher name = REQUEST.matcher(file.getFileName().toString());
        if (name.matches()) {
          requests.add(new BackupMail(folder, name.group(1)));
        }
      }
    }
    return requests;
  }

  /** Asks for a backup. */
  void request(String file) throws IOException {
    put(request(), file);
  }

  boolean isRequested() {
    return Files.exists(request(), LinkOption.NOFOLLOW_LINKS);
  }

  /** Takes the request back; returns false if the server has taken it. */
  boolean withdraw() throws IOException {
    return Files.deleteIfExists(request());
  }

  /** Takes the request away and returns the file to write. */
  String take() throws IOException {
    try {
      return read(request());
    } finally {
      Files.delete(request());
    }
  }

  /**
   * Replies.
   *
   * @param problem why there is no backup; empty if there is one
   */
  void reply(String problem) throws IOException {
    put(reply(), problem);
  }

  /** Takes the reply away and returns it; null if there is none yet. */
  @Nullable String takeReply() throws IOException {
    if (!Files.exists(reply())) {
      return null;
    }
    String problem = read(reply());
    Files.delete(reply());
    return problem;
  }

  /** Returns the beginning of the name of the file that the backup is while it is written. */
  String part() {
    return ".agentstream-" + id + "-";
  }

  Path request() {
    return folder.resolve("backup-" + id + ".request");
  }

  private Path reply() {
    return folder.resolve("backup-" + id + ".reply");
  }

  private void put(Path file, String text) throws IOException {
    Path written = Files.writeString(folder.resolve("backup-" + id + ".part"), text);
    Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static String read(Path file) throws IOException {
    // A pipe would keep the reader for ever.
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) > LONGEST_BYTES) {
      throw new IOException("No short file: " + file);
    }
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
  }
}
