package io.agentstream.examples.server;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Reports to load balancers and supervisors whether this server accepts viewers: 200 and {@code
 * up}, 503 and {@code draining} during shutdown, or 503 and {@code unhealthy} with the problems
 * once an essential part is dead or stuck. Calls no model.
 */
final class Health extends HttpServlet {

  private static final long serialVersionUID = 1;

  private final transient BooleanSupplier draining;
  private final transient Supplier<List<String>> problems;

  /**
   * @param problems returns one sentence for each problem; called once here, because observation
   *     may begin with the first call
   */
  Health(BooleanSupplier draining, Supplier<List<String>> problems) {
    this.draining = draining;
    this.problems = problems;
    List<String> unused = problems.get();
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    List<String> found = problems.get();
    boolean takesViewers = found.isEmpty() && !draining.getAsBoolean();
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    if (found.isEmpty()) {
      body.put("status", takesViewers ? "up" : "draining");
    } else {
      body.put("status", "unhealthy");
      found.forEach(body.putArray("problems")::add);
    }
    response.setStatus(
        takesViewers ? HttpServletResponse.SC_OK : HttpServletResponse.SC_SERVICE_UNAVAILABLE);
    response.setContentType("application/json");
    response.setCharacterEncoding("UTF-8");
    response.setHeader("Cache-Control", "no-cache");
    response.getWriter().print(body);
  }
}
