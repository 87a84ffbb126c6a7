package io.agentstream.examples.server;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Serves the same JSON for each GET. */
final class FixedJson extends HttpServlet {

  private static final long serialVersionUID = 1L;

  private final String json;

  FixedJson(JsonNode json) {
    this.json = json.toString();
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setContentType("application/json");
    response.setCharacterEncoding("UTF-8");
    response.setHeader("Cache-Control", "no-cache");
    response.getWriter().print(json);
  }
}
