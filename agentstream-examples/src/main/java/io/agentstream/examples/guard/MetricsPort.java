package io.agentstream.examples.guard;

import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Serves only the metrics, on a separate port. */
public final class MetricsPort extends Handler.Wrapper {

  private static final String PATH = "/metrics";

  private final Connector port;

  /** Separates {@code port} from all other ports. */
  public MetricsPort(Handler handler, Connector port) {
    super(handler);
    this.port = port;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    boolean here = port.equals(request.getConnectionMetaData().getConnector());
    if (here != PATH.equals(request.getHttpURI().getPath())) {
      Refusal.send(response, callback, HttpStatus.NOT_FOUND_404, "");
      return true;
    }
    return super.handle(request, response, callback);
  }
}
