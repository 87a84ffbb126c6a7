package io.agentstream.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.chat.Agent;
import io.agentstream.http.served.HttpAnswers;
import io.agentstream.http.served.ServedDoors;
import io.agentstream.http.served.TomcatServer;
import io.agentstream.hub.ConversationHub;
import io.agentstream.identity.Authentication;
import io.agentstream.identity.Authenticator;
import io.agentstream.test.EventLine;
import io.agentstream.test.ScriptedModel;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.security.Principal;
import java.util.Collections;
import org.junit.jupiter.api.Test;

/** Users whom the container has logged in, in a session. */
class ContainerLoginTest {

  @Test
  void a_logout_ends_the_streams_of_its_session_and_a_request_leaves_nothing_in_it()
      throws Exception {
    ServedDoors served =
        ServedDoors.start(
            new TomcatServer().behind(new Login()),
            ConversationHub.builder()
                .agents(Agent.builder("Ada").model(new ScriptedModel()).build())
                .authenticator(
                    Authenticator.byHandshake(
                        handshake ->
                            handshake.principal() == null
                                ? Authentication.refused()
                                : Authentication.of(handshake.principal()))));
    try {
      HttpAnswers http = served.http();
      String cookie = http.get("/api/login").header("set-cookie").split(";", -1)[0];
      String id =
          http.post(
                  "/api/conversations",
                  "{\"topic\":\"tea\"}",
                  "Cookie",
                  cookie,
                  "Origin",
                  served.root().toString())
              .json()
              .get("conversation_id")
              .asText();
      assertThat(http.get("/api/left", "Cookie", cookie).response().body()).isEqualTo("1");
      try (EventLine events =
          EventLine.open(
              served.root(), "/api/conversations/" + id + "/events", "Cookie: " + cookie)) {
        events.until("snapshot");
        http.get("/api/logout", "Cookie", cookie);
        EventLine.Event last = events.next();
        for (EventLine.Event next = last; next != null; next = events.next()) {
          last = next;
        }
        assertThat(last.type()).isEqualTo("close");
        assertThat(last.frame().get("code").asInt()).isEqualTo(4001);
      }
    } finally {
      served.stop();
    }
  }

  /** A login in a session, as a container's own. */
  private static final class Login extends HttpFilter {

    private static final long serialVersionUID = 1L;

    @Override
    protected void doFilter(
        HttpServletRequest request, HttpServletResponse response, FilterChain chain)
        throws IOException, ServletException {
      HttpSession session = request.getSession(request.getRequestURI().equals("/api/login"));
      switch (request.getRequestURI()) {
        case "/api/login" -> session.setAttribute("user", "ann");
        case "/api/logout" -> session.invalidate();
        case "/api/left" ->
            response.getWriter().print(Collections.list(session.getAttributeNames()).size());
        default -> chain.doFilter(session == null ? request : known(request), response);
      }
    }

    private static HttpServletRequest known(HttpServletRequest request) {
      return new HttpServletRequestWrapper(request) {
        @Override
        public Principal getUserPrincipal() {
          return () -> "ann";
        }
      };
    }
  }
}
