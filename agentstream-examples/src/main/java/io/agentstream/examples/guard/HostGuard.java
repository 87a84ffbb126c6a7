package io.agentstream.examples.guard;

import io.agentstream.http.door.HttpProblem;
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
 * Answers only under the server's own names, on every path: this machine's names, the address that
 * a client has connected to, and the names that the operator lists. A page that uses DNS rebinding
 * has another name and can read nothing.
 */
public final class HostGuard extends Handler.Wrapper {

  private static final Logger log = LoggerFactory.getLogger(HostGuard.class);
  private static final List<String> THIS_MACHINE = List.of("localhost", "127.0.0.1", "[::1]");
  private static final int LONGEST_SHOWN = 100;

  private final AllowedHosts names;
  private final DoorPaths doors;

  /**
   * Wraps a handler.
   *
   * @param hosts further names, in the form that {@link AllowedHosts#of} accepts
   * @param doors their clients get a problem in place of a text
   */
  public HostGuard(Handler handler, List<String> hosts, DoorPaths doors) {
    super(handler);
    this.names = namesWith(hosts);
    this.doors = doors;
  }

  /** Returns these names and those that a server has on every machine. */
  public static AllowedHosts namesWith(List<String> hosts) {
    List<String> all = new ArrayList<>(THIS_MACHINE);
    all.addAll(hosts);
    return AllowedHosts.of(all);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    for (String host : hostsOf(request)) {
      if (!names.allows(host) && !isOwnAddress(host, request)) {
        refuse(host, request, response, callback);
        return true;
      }
    }
    return super.handle(request, response, callback);
  }

  /**
   * Returns the host in the header, and the host in the request target if there is one. A client
   * without a host is not a browser.
   */
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

  private void refuse(String host, Request request, Response response, Callback callback) {
    String shown = host.substring(0, Math.min(host.length(), LONGEST_SHOWN));
    log.warn(
        "Refused a request for the host '{}'. If that is a name of this server, add it to"
            + " server.hosts or --hosts",
        shown);
    int status = HttpStatus.MISDIRECTED_REQUEST_421;
    String reason =
        "This server does not answer for the host '"
            + shown.replaceAll("[^A-Za-z0-9._:\\[\\]-]", "?")
            + "'. If that is a name of it, its operator adds the name to server.hosts in the"
            + " configuration file, or starts it with --hosts.";
    if (doors.contain(request)) {
      Refusal.send(response, callback, new HttpProblem(status, "host_not_allowed", reason));
    } else {
      Refusal.send(response, callback, status, reason + "\n");
    }
  }
}
