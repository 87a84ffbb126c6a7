package io.agentstream.examples.war;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Tells the page that the demo model answers. */
@WebServlet("/info")
public final class Info extends HttpServlet {

  private static final long serialVersionUID = 1L;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setContentType("application/json");
    response.setHeader("Cache-Control", "no-cache");
    response
        .getWriter()
        .print("{\"demo\":" + getServletContext().getAttribute(DemoHub.IS_DEMO) + "}");
  }
}
