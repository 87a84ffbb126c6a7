package io.agentstream.examples.server;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Serves the files of a class path folder, without directory listings.
 *
 * <p>Jetty's own servlet distinguishes versions of a file by time and length. In a reproducible jar
 * all versions have the same time, so browsers would keep an old one.
 */
final class StaticFiles extends HttpServlet {

  private static final long serialVersionUID = 1L;

  private static final Map<String, String> CONTENT_TYPES =
      Map.of(
          "html", "text/html;charset=utf-8",
          "css", "text/css;charset=utf-8",
          "js", "text/javascript;charset=utf-8",
          "json", "application/json",
          "ts", "text/plain;charset=utf-8",
          "svg", "image/svg+xml");

  private final String folder;
  private final transient Map<String, StaticFile> cache = new ConcurrentHashMap<>();

  /**
   * Serves a folder.
   *
   * @param folder in the class path, without a {@code /} at either end
   */
  StaticFiles(String folder) {
    this.folder = folder;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String path = Objects.requireNonNullElse(request.getPathInfo(), "/");
    StaticFile file = find(path.equals("/") ? "/index.html" : path);
    if (file == null) {
      response.setStatus(HttpServletResponse.SC_NOT_FOUND);
    } else {
      file.send(request, response);
    }
  }

  private @Nullable StaticFile find(String path) throws IOException {
    StaticFile cached = cache.get(path);
    if (cached != null) {
      return cached;
    }
    StaticFile file = read(path);
    if (file != null) {
      cache.put(path, file);
    }
    return file;
  }

  private @Nullable StaticFile read(String path) throws IOException {
    String contentType = CONTENT_TYPES.get(path.substring(path.lastIndexOf('.') + 1));
    if (contentType == null || path.contains("..")) {
      return null;
    }
    try (InputStream in = StaticFiles.class.getResourceAsStream("/" + folder + path)) {
      return in == null ? null : new StaticFile(in.readAllBytes(), contentType);
    }
  }
}
