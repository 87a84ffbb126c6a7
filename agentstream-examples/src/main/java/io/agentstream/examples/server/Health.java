package io.agentstream.examples.server;

import io.agentstream.delivery.ConversationHub;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Tells whoever distributes viewers over servers whether this one takes more. */
final class Health extends HttpServlet {

  private static final long serialVersionUID = 1;

  private final transient ConversationHub hub;

  Health(ConversationHub hub) {
    this.hub = hub;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    boolean draining = hub.isDraining();
    response.setStatus(
        draining ? HttpServletResponse.SC_SERVICE_UNAVAILABLE : HttpServletResponse.SC_OK);
    response.setContentType("application/json");
    response.setCharacterEncoding("UTF-8");
    response.setHeader("Cache-Control", "no-cache");
    String body = "{\"status\":\"" + (draining ? "draining" : "up") + "\"}";
    response.getWriter().print(body);
  }
}
