package io.agentstream.examples.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Floods below the protocol: frames that say nothing, and requests that never become whole. */
@Timeout(300)
@EnabledIfSystemProperty(named = "agentstream.slow", matches = "true", disabledReason = "minutes")
class FrameFloodIT extends AttackedServer {

  private static final int CONNECTIONS = 8;
  private static final int FRAMES = 20_000;
  private static final int SLOW_REQUESTS = 1_500;

  /** Frames that cost their sender a few bytes each. */
  enum Frames {
    PINGS {
      @Override
      CompletableFuture<WebSocket> send(WebSocket socket) {
        return socket.sendPing(ByteBuffer.allocate(100));
      }
    },
    PONGS {
      @Override
      CompletableFuture<WebSocket> send(WebSocket socket) {
        return socket.sendPong(ByteBuffer.allocate(100));
      }
    },
    EMPTY_PARTS {
      @Override
      CompletableFuture<WebSocket> send(WebSocket socket) {
        return socket.sendText("", false);
      }
    },
    PARTS_OF_A_MESSAGE_WITHOUT_END {
      @Override
      CompletableFuture<WebSocket> send(WebSocket socket) {
        return socket.sendText("[", false);
      }
    },
    TEXTS_THAT_ARE_NO_COMMANDS {
      @Override
      CompletableFuture<WebSocket> send(WebSocket socket) {
        return socket.sendText("{\"type\":\"nothing\",\"id\":\"1\"}", true);
      }
    };

    abstract CompletableFuture<WebSocket> send(WebSocket socket);
  }

  @ParameterizedTest
  @EnumSource
  void frames_that_say_nothing(Frames frames) throws Exception {
    List<Attacker> crowd = IntStream.range(0, CONNECTIONS).mapToObj(one -> mallory(true)).toList();
    for (int i = 0; i < FRAMES; i++) {
      crowd.forEach(attacker -> attacker.send(frames::send));
    }
    for (Attacker attacker : crowd) {
      attacker.flush();
    }
  }

  @Test
  void requests_whose_headers_never_end() throws Exception {
    InetAddress mallory = InetAddress.getByName("127.0.0.2");
    List<Socket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < SLOW_REQUESTS; i++) {
        Socket socket =
            new Socket(InetAddress.getLoopbackAddress(), server.http("/").getPort(), mallory, 0);
        sockets.add(socket);
        write(socket, "GET /health HTTP/1.1\r\n");
      }
      assertHealthy();
      int rounds = 0;
      while (sockets.stream().anyMatch(socket -> write(socket, "X-More: 1\r\n"))) {
        rounds++;
        assertHealthy();
      }
      assertThat(rounds).as("rounds before all were closed").isPositive();
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
  }

  /** Returns false if the server has closed the connection. */
  private static boolean write(Socket socket, String text) {
    try {
      socket.getOutputStream().write(text.getBytes(ISO_8859_1));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
