package io.agentstream.jakarta;

import io.undertow.Undertow;
import io.undertow.server.DefaultByteBufferPool;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.servlet.api.ListenerInfo;
import io.undertow.servlet.util.ImmediateInstanceFactory;
import io.undertow.websockets.jsr.WebSocketDeploymentInfo;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerContainer;
import java.net.InetSocketAddress;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.xnio.Options;

/** Undertow 2.3 with WebSocket 2.1, which calls endpoints on its I/O threads. */
final class EmbeddedUndertow implements EmbeddedContainer {

  private @Nullable Undertow server;
  private @Nullable DeploymentManager deployment;

  @Override
  public URI start(Registration registration) throws Exception {
    DeploymentInfo application =
        Servlets.deployment()
            .setDeploymentName("contract")
            .setContextPath("/")
            .setClassLoader(EmbeddedUndertow.class.getClassLoader())
            .addServletContextAttribute(
                WebSocketDeploymentInfo.ATTRIBUTE_NAME,
                new WebSocketDeploymentInfo().setBuffers(new DefaultByteBufferPool(false, 8192)))
            .addListener(
                new ListenerInfo(
                    AtStart.class, new ImmediateInstanceFactory<>(new AtStart(registration))));
    deployment = Servlets.newContainer().addDeployment(application);
    deployment.deploy();
    server =
        Undertow.builder()
            .addHttpListener(0, "127.0.0.1")
            .setIoThreads(2)
            .setSocketOption(Options.SEND_BUFFER, 16 * 1024)
            .setHandler(deployment.start())
            .build();
    server.start();
    InetSocketAddress address = (InetSocketAddress) server.getListenerInfo().get(0).getAddress();
    return URI.create("http://127.0.0.1:" + address.getPort() + "/");
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

  private record AtStart(Registration registration) implements ServletContextListener {
    @Override
    public void contextInitialized(ServletContextEvent event) {
      try {
        registration.register(
            (ServerContainer)
                event.getServletContext().getAttribute(ServerContainer.class.getName()));
      } catch (DeploymentException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
