package io.agentstream.jakarta;

import jakarta.websocket.CloseReason;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.Extension;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.Session;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.function.Consumer;

/**
 * Lets a test see the container's sessions: stands between the container and the adapter. It is
 * public since Jetty refuses an endpoint whose class is not.
 */
public final class SessionWatch extends Endpoint {

  private final Endpoint endpoint;
  private final Consumer<Session> onOpened;

  private SessionWatch(Endpoint endpoint, Consumer<Session> onOpened) {
    this.endpoint = endpoint;
    this.onOpened = onOpened;
  }

  /** The same container, whose sessions are told of once the adapter has opened them. */
  static ServerContainer around(ServerContainer container, Consumer<Session> onOpened) {
    return (ServerContainer)
        Proxy.newProxyInstance(
            SessionWatch.class.getClassLoader(),
            new Class<?>[] {ServerContainer.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("addEndpoint")
                  && arguments[0] instanceof ServerEndpointConfig config) {
                container.addEndpoint(watched(config, onOpened));
                return null;
              }
              try {
                return method.invoke(container, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private static ServerEndpointConfig watched(
      ServerEndpointConfig config, Consumer<Session> onOpened) {
    return ServerEndpointConfig.Builder.create(SessionWatch.class, config.getPath())
        .subprotocols(config.getSubprotocols())
        .configurator(
            new ServerEndpointConfig.Configurator() {
              @Override
              public String getNegotiatedSubprotocol(List<String> known, List<String> offered) {
                return config.getConfigurator().getNegotiatedSubprotocol(known, offered);
              }

              @Override
              public List<Extension> getNegotiatedExtensions(
                  List<Extension> known, List<Extension> offered) {
                return config.getConfigurator().getNegotiatedExtensions(known, offered);
              }

              @Override
              public void modifyHandshake(
                  ServerEndpointConfig watched,
                  HandshakeRequest request,
                  HandshakeResponse response) {
                config.getConfigurator().modifyHandshake(watched, request, response);
              }

              @Override
              public <T> T getEndpointInstance(Class<T> type) throws InstantiationException {
                Object endpoint =
                    config.getConfigurator().getEndpointInstance(config.getEndpointClass());
                return type.cast(new SessionWatch((Endpoint) endpoint, onOpened));
              }
            })
        .build();
  }

  @Override
  public void onOpen(Session session, EndpointConfig config) {
    endpoint.onOpen(session, config);
    onOpened.accept(session);
  }

  @Override
  public void onClose(Session session, CloseReason reason) {
    endpoint.onClose(session, reason);
  }

  @Override
  public void onError(Session session, Throwable error) {
    endpoint.onError(session, error);
  }
}
