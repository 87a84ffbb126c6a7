package io.agentstream.http;

import io.agentstream.http.served.EmbeddedServer;
import io.undertow.Undertow;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.servlet.util.ImmediateInstanceFactory;
import jakarta.servlet.http.HttpServlet;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.xnio.Options;

/** Undertow 2.3 with a small pool. */
final class UndertowServer implements EmbeddedServer {

  private static final int THREADS = 16;

  private @Nullable Undertow server;
  private @Nullable DeploymentManager deployment;

  @Override
  public URI start(Map<String, ? extends HttpServlet> servlets) throws Exception {
    DeploymentInfo application =
        Servlets.deployment()
            .setDeploymentName("doors")
            .setContextPath("/")
            .setClassLoader(UndertowServer.class.getClassLoader());
    servlets.forEach(
        (path, servlet) ->
            application.addServlet(
                Servlets.servlet(path, servlet.getClass(), new ImmediateInstanceFactory<>(servlet))
                    .setAsyncSupported(true)
                    .addMapping(path)));
    deployment = Servlets.newContainer().addDeployment(application);
    deployment.deploy();
    server =
        Undertow.builder()
            .addHttpListener(0, "127.0.0.1")
            .setIoThreads(2)
            .setWorkerThreads(THREADS)
            .setSocketOption(Options.BACKLOG, 1024)
            .setSocketOption(Options.SEND_BUFFER, 16 * 1024)
            .setHandler(deployment.start())
            .build();
    server.start();
    InetSocketAddress address = (InetSocketAddress) server.getListenerInfo().get(0).getAddress();
    return URI.create("http://127.0.0.1:" + address.getPort());
  }

  @Override
  public void stop() throws Exception {
    if (deployment != null) {
      deployment.stop();
      deployment.undeploy();
    }
    if (server != null) {
      server.stop();
    }
  }
}
