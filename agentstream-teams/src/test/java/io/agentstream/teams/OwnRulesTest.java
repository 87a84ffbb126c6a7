package io.agentstream.teams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentstream.hub.CatalogueEditor;
import io.agentstream.hub.Editors;
import io.agentstream.hub.InvalidDefinitionException;
import io.agentstream.teams.OwnServer.Viewer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A user's definition names nothing but agents, teams, models and tools that are offered. */
@Timeout(180)
class OwnRulesTest {

  private static OwnServer server;

  @BeforeAll
  static void start() throws Exception {
    server = new OwnServer(null, Editors.EVERYBODY);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** What stands in an agent, and a part of the refusal. */
  static Stream<String[]> agents() {
    return Stream.of(
        of("'model':'http://evil.example/v1'", "model: must have"),
        of("'model':'slow'", "there is no such model (known: fast, deep)"),
        of("'model':{'base_url':'http://evil.example'}", "model: must be a text"),
        of("'base_url':'http://evil.example'", "unknown key"),
        of("'api_key_env':'HOME'", "unknown key"),
        of("'headers':{'X':{'env':'HOME'}}", "unknown key"),
        of("'fallback':'slow'", "there is no such model"),
        of("'tools':['sh']", "there is no such tool (known: clock)"),
        of("'tools':[{'mcp':{'command':['sh']}}]", "must be a text"),
        of("'tools':['clock','clock']", "the same tools twice"),
        of("'custom':'clock'", "unknown key"),
        of("'retries':100", "retries: is the server's to set"),
        of("'timeouts':{'tool_call_seconds':9}", "timeouts: is the server's to set"),
        of("'max_tool_rounds':900", "max_tool_rounds: is the server's to set"),
        of("'temperature':3", "temperature: must be"),
        of("'temperature':'hot'", "temperature: must be a number"),
        of("'colour':8", "colour: must be"),
        of("'context':{'summary':{'keep_last':3,'model':'slow'}}", "there is no such model"),
        of("'name':'a\\nb'", "name"),
        of("'name':'<script>'", null),
        of("'system_prompt':'{{env.HOME}} ${HOME} !!java.net.URL &a *a'", null));
  }

  /** What stands in a team, and a part of the refusal. */
  static Stream<String[]> teams() {
    String nested = "{'any':[{'all':[{'any':[{'all':[{'any':[{'rounds':1}]}]}]}]}]}";
    return Stream.of(
        of("'participants':['Nobody']", "there is no such agent or team"),
        of("'participants':['T']", "contains itself"),
        of("'participants':['Ann','Ann']", "same participant twice"),
        of("'participants':[]", "participants: must"),
        of("'speaker_selection':{'kind':'custom','name':'x'}", "speaker_selection: is the server"),
        of("'speaker_selection':{'kind':'model','model':'slow'}", "there is no such model"),
        of("'end_when':{'custom':'night'}", "end_when: names code of the server"),
        of("'end_when':{'any':[{'rounds':1},{'external':'x'}]}", "names code of the server"),
        of("'end_when':" + nested, "4 levels"),
        of("'max_rounds':51", "50 at the most"),
        of("'timeouts':{'conversation_seconds':9}", "timeouts: is the server's"),
        of("'limits':{'max_answer_chars':9}", "limits: is the server's"),
        of("'input':{'timeout_seconds':9}", "input: is the server's"),
        of("'samples':['1','2','3','4','5','6','7','8','9','10','11']", "samples: may be 10"),
        of("'participants':['Pair','Ben']", "Two participants are called 'Ben'"),
        of("'participants':['Pair'],'end_when':{'said_by':'Pair'}", null),
        of("'people':[{'name':'Kim'}]", "people[0]: has no place in participants"),
        of("'participants':['Ann','Kim'],'people':[{'name':'Ann'}]", "is taken by the server"),
        of(
            "'participants':['Kim'],'people':[{'name':'Kim','timeout_seconds':9}]",
            "people: timeout_seconds: is the server's to set"),
        of("'participants':['Ann','Kim'],'people':[{'name':'Kim','prompt':'And you?'}]", null),
        of("'speaker_selection':'manual'", null));
  }

  private static String[] of(String part, String refusal) {
    return new String[] {part.replace('\'', '"'), refusal};
  }

  @ParameterizedTest
  @MethodSource("agents")
  void an_agent(String part, String refusal) {
    String name = part.startsWith("\"name\"") ? "" : "\"name\":\"X\",";
    start("\"agents\":[{" + name + part + "}],\"teams\":[]", refusal);
  }

  @ParameterizedTest
  @MethodSource("teams")
  void a_team(String part, String refusal) {
    String participants = part.startsWith("\"participants\"") ? "" : "\"participants\":[\"Ann\"],";
    start("\"agents\":[],\"teams\":[{\"name\":\"T\"," + participants + part + "}]", refusal);
  }

  @ParameterizedTest
  @CsvSource({
    "9, team, 8 levels deep",
    "21, team, 20 teams",
    "400, team, 20 teams",
    "51, agent, 50 agents"
  })
  void numbers_and_depth_of_what_a_start_brings_along_are_bounded(
      int count, String kind, String refusal) {
    List<String> agents = new ArrayList<>(List.of("{\"name\":\"X\"}"));
    List<String> teams = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      if (kind.equals("agent")) {
        agents.add("{\"name\":\"A" + i + "\"}");
      } else {
        String inner = i == 0 ? "Ann" : "T" + (i - 1);
        teams.add("{\"name\":\"T" + i + "\",\"participants\":[\"" + inner + "\"]}");
      }
    }
    start("\"agents\":" + agents + ",\"teams\":" + teams, refusal);
  }

  @Test
  void a_document_that_is_longer_than_all_that_one_may_make_is_refused() {
    String agent = "{\"name\":\"A%d\",\"system_prompt\":\"" + "x".repeat(19_000) + "\"}";
    List<String> agents = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      agents.add(agent.formatted(i));
    }
    assertThatThrownBy(
            () ->
                server.editor.read(
                    "{\"version\":1,\"agents\":" + agents + ",\"teams\":[]}",
                    new CatalogueEditor.Offered(Map.of(), Map.of())))
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessageContaining("131072");
  }

  /** What stands in a whole document, and a part of the refusal. */
  static Stream<String[]> documents() {
    return Stream.of(
        of("'agents':[{'name':'X'}],'models':{'m':{}}", "models: belongs to the server"),
        of("'agents':[{'name':'X'}],'tools':{'t':{'custom':'clock'}}", "tools: belongs to"),
        of("'agents':[{'name':'X'},{'name':'x'}]", "'x' is taken"),
        of("'agents':'X'", "agents: must be a list"),
        of("'include':'/etc/passwd'", "unknown key"));
  }

  @ParameterizedTest
  @MethodSource("documents")
  void a_document(String part, String refusal) {
    start(part, refusal);
  }

  private static void start(String parts, String refusal) {
    Viewer viewer = server.viewer(null);
    String named =
        parts.contains("\"T\"")
            ? "\"team\":\"T\""
            : "\"agents\":[" + (parts.contains("<script>") ? "\"<script>\"" : "\"X\"") + "]";
    String answer =
        viewer.refusal(
            "start_conversation",
            "{\"topic\":\"t\"," + named + ",\"definitions\":{\"version\":1," + parts + "}}");
    if (refusal == null) {
      assertThat(answer).startsWith("accepted");
    } else {
      assertThat(answer)
          .startsWith("error")
          .contains(refusal.replace("\"", "\\\""))
          .doesNotContainIgnoringCase("canary");
    }
  }
}
