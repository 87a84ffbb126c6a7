package io.agentstream.examples.server;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** A file to serve, with an ETag that depends only on its content. */
final class StaticFile {

  private final byte[] content;
  private final String contentType;
  private final String etag;

  StaticFile(byte[] content, String contentType) {
    this.content = content;
    this.contentType = contentType;
    this.etag = '"' + hash(content) + '"';
  }

  void send(HttpServletRequest request, HttpServletResponse response) throws IOException {
    // Browsers revalidate each time, so that a new version shows at once; usually the answer is a
    // 304.
    response.setHeader("Cache-Control", "no-cache");
    response.setHeader("ETag", etag);
    if (etag.equals(request.getHeader("If-None-Match"))) {
      response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
      return;
    }
    response.setContentType(contentType);
    response.setContentLength(content.length);
    response.getOutputStream().write(content);
  }

  private static String hash(byte[] content) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("Every Java has SHA-256", e);
    }
  }
}
