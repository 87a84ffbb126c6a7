package io.agentstream.jakarta;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionEvent;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoginSessionsTest {

  private final LoginSessions logins = new LoginSessions();
  private final List<String> ended = new ArrayList<>();
  private final Login login = new Login("one");

  @Test
  void the_end_of_a_session_ends_all_of_its_connections_and_no_others() {
    logins.opened(login.session(), () -> ended.add("a"));
    logins.opened(login.session(), () -> ended.add("b"));
    logins.opened(new Login("two").session(), () -> ended.add("c"));
    logins.opened(null, () -> ended.add("d"));

    logins.sessionDestroyed(login.event());
    logins.sessionDestroyed(login.event());

    assertThat(ended).containsExactlyInAnyOrder("a", "b");
    assertThat(logins.size()).isOne();
  }

  @Test
  void a_session_whose_id_changes_keeps_its_connections() {
    Runnable leave = logins.opened(login.session(), () -> ended.add("a"));
    logins.opened(login.session(), () -> ended.add("b"));
    login.id = "another";
    logins.sessionIdChanged(login.event(), "one");

    leave.run();
    logins.sessionDestroyed(login.event());

    assertThat(ended).containsExactly("b");
  }

  @Test
  void a_connection_that_has_closed_is_forgotten() {
    logins.opened(login.session(), () -> ended.add("a")).run();

    logins.sessionDestroyed(login.event());

    assertThat(ended).isEmpty();
    assertThat(logins.size()).isZero();
  }

  @Test
  void a_session_that_ended_during_the_handshake_ends_its_connection() {
    login.over = true;

    logins.opened(login.session(), () -> ended.add("a")).run();

    assertThat(ended).containsExactly("a");
    assertThat(logins.size()).isZero();
  }

  /** An HTTP session. */
  private static final class Login {
    private String id;
    private boolean over;

    private Login(String id) {
      this.id = id;
    }

    HttpSession session() {
      return (HttpSession)
          Proxy.newProxyInstance(
              Login.class.getClassLoader(),
              new Class<?>[] {HttpSession.class},
              (proxy, method, arguments) -> answer(method.getName()));
    }

    private Object answer(String method) {
      if (method.equals("getId")) {
        return id;
      }
      if (method.equals("getCreationTime") && over) {
        throw new IllegalStateException("The session has ended");
      }
      return method.equals("getCreationTime") ? (Object) 0L : null;
    }

    HttpSessionEvent event() {
      return new HttpSessionEvent(session());
    }
  }
}
