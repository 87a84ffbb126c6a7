package io.agentstream.examples.metrics;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/**
 * Tells the metrics, to this machine alone unless they are public. A proxy on this machine is not
 * this machine: what it hands on, it says so with one of its headers, and that is refused.
 */
public final class MetricsServlet extends HttpServlet {

  private static final long serialVersionUID = 1;

  private static final List<String> HEADERS_OF_PROXIES =
      List.of("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via");

  private final transient Metrics metrics;
  private final boolean open;

  /**
   * @param open whether everybody may read them
   */
  public MetricsServlet(Metrics metrics, boolean open) {
    this.metrics = metrics;
    this.open = open;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setHeader("Cache-Control", "no-cache");
    if (!open && !isFromThisMachine(request)) {
      response.setStatus(HttpServletResponse.SC_FORBIDDEN);
      return;
    }
    response.setContentType("text/plain; version=0.0.4");
    response.setCharacterEncoding("UTF-8");
    response.getWriter().print(metrics.scrape());
  }

  private static boolean isFromThisMachine(HttpServletRequest request) {
    return isLoopback(request.getRemoteAddr())
        && HEADERS_OF_PROXIES.stream().allMatch(name -> request.getHeader(name) == null);
  }

  /** An address in digits, so that nothing is looked up. */
  private static boolean isLoopback(String address) {
    try {
      return InetAddress.getByName(address).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
