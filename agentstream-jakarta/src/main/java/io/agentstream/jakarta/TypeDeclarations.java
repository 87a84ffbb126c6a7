package io.agentstream.jakarta;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Serves the browser client's type declarations as text, because containers treat every {@code .ts}
 * file as a video. A mapping of the media type would also change the application's videos.
 */
final class TypeDeclarations extends HttpFilter {

  /** The path to map the servlet to. */
  static final String PATHS = "/agentstream/*";

  private static final long serialVersionUID = 1L;

  private static final Pattern DECLARATION = Pattern.compile("/agentstream/([a-z-]+\\.d\\.ts)");

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    String path = request.getRequestURI().substring(request.getContextPath().length());
    Matcher declaration = DECLARATION.matcher(path);
    boolean read = request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
    byte[] content = read && declaration.matches() ? read(declaration.group(1)) : null;
    if (content == null) {
      chain.doFilter(request, response);
      return;
    }
    response.setContentType("text/plain;charset=utf-8");
    response.setContentLength(content.length);
    response.getOutputStream().write(content);
  }

  private static byte @Nullable [] read(String name) throws IOException {
    try (InputStream in =
        TypeDeclarations.class.getResourceAsStream("/META-INF/resources/agentstream/" + name)) {
      return in == null ? null : in.readAllBytes();
    }
  }
}
