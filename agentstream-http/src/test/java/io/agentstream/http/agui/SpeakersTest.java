package io.agentstream.http.agui;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.event.NewMessage.Role;
import io.agentstream.event.PastMessage;
import io.agentstream.http.agui.RunInput.Said;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The past of a new thread, by the names that the client gives. */
class SpeakersTest {

  @Test
  void agents_and_people_keep_their_seats_and_nobody_else_gets_one() {
    Speakers speakers = new Speakers("tea", List.of("Ann", "Kim", "Ben"), List.of("Kim"));
    List<Said> said =
        List.of(
            new Said("1", "user", null, "Tea?"),
            new Said("2", "assistant", "ann", "Green."),
            new Said("3", "user", "KIM", "Black."),
            new Said("4", "user", "Ann", "I am Ann."),
            new Said("5", "assistant", "Zoe", "No."),
            new Said("6", "developer", "Kim", "Be brief."),
            new Said("7", "user", null, "And now?"));
    RunInput input =
        new RunInput(
            "t", "r", "tea", new RunInput.Sent(said, List.of()), List.of("It rains."), List.of());

    assertThat(speakers.past(input))
        .containsExactly(
            new PastMessage(Role.USER, "system", "It rains."),
            new PastMessage(Role.USER, "user", "Tea?"),
            new PastMessage(Role.ASSISTANT, "Ann", "Green."),
            new PastMessage(Role.USER, "Kim", "Black."),
            new PastMessage(Role.USER, "user", "I am Ann."),
            new PastMessage(Role.ASSISTANT, "assistant", "No."),
            new PastMessage(Role.USER, "system", "Be brief."));
  }
}
