package io.agentstream.examples.guard;

import io.agentstream.identity.AllowedHosts;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers under the server's own names alone, on every path: those of this machine, the address
 * that a client has connected to, and those that the operator lists. A page whose name was made to
 * resolve to this server has another name, and reads nothing.
 */
public final class HostGuard extends Handler.Wrapper {

  private static final Logger log = LoggerFactory.getLogger(HostGuard.class);
  private static final List<String> THIS_MACHINE = List.of("localhost", "127.0.0.1", "[::1]");
  private static final int LONGEST_SHOWN = 100;

  private final AllowedHosts names;

  /**
   * Guards a handler.
   *
   * @param hosts further names, as {@link AllowedHosts#of} takes them
   */
  public HostGuard(Handler handler, List<String> hosts) {
    super(handler);
    this.names = namesWith(hosts);
  }

  /** Returns the names that a server has on every machine, and these. */
  public static AllowedHosts namesWith(List<String> hosts) {
    List<String> all = new ArrayList<>(THIS_MACHINE);
    all.addAll(hosts);
    return AllowedHosts.of(all);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    for (String host : hostsOf(request)) {
      if (!names.allows(host) && !isOwnAddress(host, request)) {
        refuse(host, response, callback);
        return true;
      }
    }
    return super.handle(request, response, callback);
  }

  /** The header's, and that of the target where it names one. A client without is no browser. */
  private static List<String> hostsOf(Request request) {
    List<String> hosts = new ArrayList<>(request.getHeaders().getValuesList(HttpHeader.HOST));
    String target = request.getHttpURI().getHost();
    if (!hosts.isEmpty() && target != null) {
      hosts.add(target);
    }
    return hosts;
  }

  private static boolean isOwnAddress(String host, Request request) {
    if (!(request.getConnectionMetaData().getLocalSocketAddress()
        instanceof InetSocketAddress local)) {
      return false;
    }
    InetAddress address = local.getAddress();
    return address != null && AllowedHosts.of(inUrl(address)).allows(host);
  }

  private static String inUrl(InetAddress address) {
    String text = address.getHostAddress();
    int zone = text.indexOf('%');
    String bare = zone < 0 ? text : text.substring(0, zone);
    return bare.contains(":") ? "[" + bare + "]" : bare;
  }

  private static void refuse(String host, Response response, Callback callback) {
    String shown = host.substring(0, Math.min(host.length(), LONGEST_SHOWN));
    log.warn(
        "Refused a request for the host '{}': if that is a name of this server, add it to"
            + " server.hosts or --hosts",
        shown);
    Refusal.send(
        response,
        callback,
        HttpStatus.MISDIRECTED_REQUEST_421,
        "This server does not answer for the host '"
            + shown.replaceAll("[^A-Za-z0-9._:\\[\\]-]", "?")
            + "'. If that is a name of it, its operator adds the name to server.hosts in the"
            + " configuration file, or starts it with --hosts.\n");
  }
}
