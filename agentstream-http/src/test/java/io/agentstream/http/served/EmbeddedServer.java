package io.agentstream.http.served;

import jakarta.servlet.http.HttpServlet;
import java.net.URI;
import java.util.Map;

/** A servlet container in this process. */
public interface EmbeddedServer {

  /**
   * Starts it on a free port.
   *
   * @param servlets by their mappings, all with asynchronous support
   * @return its root
   */
  URI start(Map<String, ? extends HttpServlet> servlets) throws Exception;

  void stop() throws Exception;
}
