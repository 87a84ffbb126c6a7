package io.agentstream.jakarta;

import io.agentstream.test.socket.SocketViewer;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.PongMessage;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
import jakarta.websocket.server.HandshakeRequest;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A container's session that sends a text when the test says so and does all else at once. */
final class FakeSession {

  /** A call of the adapter, with its first argument. */
  record Call(String name, @Nullable Object argument, Thread thread) {}

  private final BlockingQueue<Call> calls = new LinkedBlockingQueue<>();
  private final List<MessageHandler> handlers = new ArrayList<>();
  private final Map<String, Object> properties = new HashMap<>();
  private final String subprotocol;
  private @Nullable SendHandler textUnderWay;
  private volatile @Nullable RuntimeException refusal;

  FakeSession(String subprotocol) {
    this.subprotocol = subprotocol;
    SessionHandshake.keep(proxy(HandshakeRequest.class, this::onRequestCall), properties);
  }

  Session asSession() {
    return proxy(Session.class, this::onSessionCall);
  }

  /** The calls that the test has not taken yet. */
  BlockingQueue<Call> calls() {
    return calls;
  }

  /** Waits for the next call. */
  Call nextCall() throws InterruptedException {
    Call call = calls.poll(SocketViewer.PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (call == null) {
      throw new AssertionError("The adapter called nothing");
    }
    return call;
  }

  /** The socket has taken the text. */
  void finishText() {
    textUnderWay.onResult(new SendResult());
  }

  /** The text could not be sent. */
  void failText(Throwable cause) {
    textUnderWay.onResult(new SendResult(cause));
  }

  /** The container throws this from now on, whatever it is asked for. */
  void refuse(RuntimeException cause) {
    refusal = cause;
  }

  /** A pong comes from the other side. */
  void pong() {
    for (MessageHandler handler : handlers) {
      if (handler
          .getClass()
          .getGenericInterfaces()[0]
          .getTypeName()
          .contains(PongMessage.class.getName())) {
        @SuppressWarnings("unchecked")
        MessageHandler.Whole<PongMessage> forPongs = (MessageHandler.Whole<PongMessage>) handler;
        forPongs.onMessage(() -> java.nio.ByteBuffer.allocate(0));
      }
    }
  }

  private @Nullable Object onSessionCall(Object proxy, Method method, Object[] arguments) {
    return switch (method.getName()) {
      case "getAsyncRemote" -> proxy(RemoteEndpoint.Async.class, this::onRemoteCall);
      case "getNegotiatedSubprotocol" -> subprotocol;
      case "getId" -> "fake";
      case "getUserProperties" -> properties;
      case "isSecure" -> false;
      case "addMessageHandler" -> {
        handlers.add((MessageHandler) arguments[0]);
        yield null;
      }
      default -> record(method, arguments);
    };
  }

  private @Nullable Object onRequestCall(Object proxy, Method method, Object[] arguments) {
    return method.getName().equals("getHeaders") ? Map.of() : null;
  }

  private @Nullable Object onRemoteCall(Object proxy, Method method, Object[] arguments) {
    if (method.getName().equals("sendText")) {
      textUnderWay = (SendHandler) arguments[1];
    }
    return record(method, arguments);
  }

  private @Nullable Object record(Method method, Object[] arguments) {
    calls.add(new Call(method.getName(), arguments[0], Thread.currentThread()));
    RuntimeException thrown = refusal;
    if (thrown != null) {
      throw thrown;
    }
    return null;
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
