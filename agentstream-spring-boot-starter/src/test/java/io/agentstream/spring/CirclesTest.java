package io.agentstream.spring;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import io.agentstream.FileCircles;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The circles of all library modules but core, whose own test knows its circles. */
class CirclesTest {

  private static final String CORE = "chat";

  /** The circles of files that are allowed, and why they are. */
  private static final Map<Set<String>, String> ALLOWED =
      Map.of(
          Set.of(
              "http.door.CallResponse",
              "http.door.HttpCall",
              "http.door.JsonBody",
              "http.door.Passage"),
          "a call has its body read and opens its passage to the hub, which its response ends",
          Set.of("micrometer.ConversationCounts", "micrometer.Counts"),
          "the counts of a hub listen to each conversation, which adds to them",
          Set.of("teams.ChatBuilder", "teams.Checks", "teams.TeamFile", "teams.TrialParts"),
          "a file checks itself as it is read, at last by building its chats with stand-ins",
          Set.of("teams.PersonSpec", "teams.TeamSpec"),
          "a team has people, and the same policies for questions that nobody answers",
          Set.of("teams.TeamExtension", "teams.TeamExtensions"),
          "the installed extensions add themselves to the set that finds them",
          Set.of(
              "teams.internal.ChoiceForm",
              "teams.internal.Component",
              "teams.internal.Forms",
              "teams.internal.RecordForm"),
          "the components of a record may be records, whose forms are found in the same way",
          Set.of("teams.internal.mcp.UserCalls", "teams.internal.mcp.UserServers"),
          "the servers of users make executors, which call on the connections of the servers");

  @Test
  void packages_form_no_circle() {
    slices().matching("io.agentstream.(**)").should().beFreeOfCycles().check(ApiSignaturesTest.ALL);
  }

  @Test
  void files_of_one_package_form_no_circle_but_those_with_a_reason() {
    String[] packages =
        ApiSignaturesTest.MODULES.stream()
            .filter(module -> !module.equals(CORE))
            .map(module -> "io.agentstream." + module + "..")
            .toArray(String[]::new);
    JavaClasses others = ApiSignaturesTest.ALL.that(resideInAnyPackage(packages));

    assertThat(FileCircles.in(others)).containsExactlyInAnyOrderElementsOf(ALLOWED.keySet());
  }
}
