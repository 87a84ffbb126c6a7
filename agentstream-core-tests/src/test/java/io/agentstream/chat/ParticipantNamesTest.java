package io.agentstream.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Everybody in a chat can be told from everybody else. */
class ParticipantNamesTest extends ChatFixture {

  @ParameterizedTest
  @ValueSource(strings = {"user", "User", "USER", "system", "Assistant", "tool", "ｕｓｅｒ"})
  void a_name_that_stands_for_somebody_else_is_refused(String name) {
    assertThatThrownBy(() -> agent(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + name + "'")
        .hasMessageContaining("Choose another name");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Ann\u2028Ben", "Ann\u2029Ben", "Ann\u0085Ben"})
  void a_name_that_breaks_the_line_is_refused(String name) {
    assertThatThrownBy(() -> agent(name)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({"Otto, otto", "Otto, OTTO", "Otto, Ｏｔｔｏ", "Jos\u00e9, Jose\u0301", "Straße, STRASSE"})
  void names_that_differ_in_case_or_form_alone_are_refused(String one, String other) {
    GroupChat.Builder chat = chat(1, one, other);

    assertThatThrownBy(chat::build)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(one)
        .hasMessageContaining(other)
        .hasMessageContaining("cannot be told apart");
  }

  @Test
  void a_member_of_a_nested_team_is_not_called_like_an_outer_one_at_any_depth() {
    Agent inner = chat(1, "Ben", "Cho").build().asAgent("Team", "");
    Agent middle = chat(1, inner, agent("Dan").build()).build().asAgent("Middle", "");

    assertThatThrownBy(() -> chat(1, middle, agent("ben").build()).build())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("ben");
    assertThatThrownBy(() -> chat(1, middle, agent("Team").build()).build())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "Two participants are called 'Team'; those of nested teams count too. Give each a"
                + " name of its own");
  }

  @Test
  void members_of_two_teams_are_told_apart_and_one_agent_may_be_in_both() {
    Agent critic = agent("Critic").build();
    Agent one = chat(1, agent("Ann").build(), critic).build().asAgent("One", "");
    Agent two = chat(1, agent("Ben").build(), critic).build().asAgent("Two", "");
    Agent other = chat(1, agent("Cho").build(), agent("Critic").build()).build().asAgent("3", "");

    assertThat(chat(1, one, two).build().participants()).containsExactly(one, two);
    assertThatThrownBy(() -> chat(1, one, other).build()).isInstanceOf(IllegalStateException.class);
  }
}
