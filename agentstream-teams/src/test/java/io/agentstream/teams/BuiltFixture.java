package io.agentstream.teams;

import dev.langchain4j.agent.tool.ToolSpecification;
import io.agentstream.chat.GroupChat;
import io.agentstream.chat.speaker.SpeakerSelector;
import io.agentstream.chat.termination.Termination;
import io.agentstream.event.ConversationEnded;
import io.agentstream.event.NewMessage;
import io.agentstream.test.ManualClock;
import io.agentstream.test.RecordedEvents;
import io.agentstream.test.ScriptedModel;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Teams that are built from a file, with a scripted model. */
abstract class BuiltFixture {

  static final String AGENTS =
      """
      version: 1
      models: {m: {}}
      agents:
        - {name: Ann, description: Asks}
        - {name: Ben}
        - {name: Cid}
      teams:
        - name: T
      """;

  final ManualClock clock = new ManualClock();
  final ScriptedModel model = new ScriptedModel();
  final RecordedEvents events = new RecordedEvents();

  final TeamExtensions extensions =
      TeamExtensions.builder()
          .selection(
              "last_letter",
              (settings, orElse) ->
                  SpeakerSelector.function(
                          context ->
                              context.turns() == 0
                                  ? Optional.of(String.valueOf(settings.get("first")))
                                  : Optional.empty())
                      .orElse(orElse == null ? SpeakerSelector.roundRobin() : orElse))
          .condition(
              "long_enough",
              settings ->
                  run ->
                      run.messages().size() > (int) settings.get("messages")
                          ? Optional.of(Termination.terminated("Long enough."))
                          : Optional.empty())
          .tools(
              "weather",
              settings ->
                  List.of(tool("sun", String.valueOf(settings.get("place"))), tool("rain", "wet")))
          .build();

  static TeamTool tool(String name, String result) {
    return new TeamTool(
        ToolSpecification.builder().name(name).description(name).build(), (call, id) -> result);
  }

  Teams open(String text) throws TeamFileException {
    return Teams.open(
        TeamFile.parse(text, "team.yaml"),
        TeamSetup.builder()
            .model("m", model)
            .extensions(extensions)
            .environment(Map.of())
            .clock(clock)
            .executor(Runnable::run)
            .build());
  }

  GroupChat team(String rest) throws TeamFileException {
    return open(AGENTS + rest.strip().indent(4)).chat("T");
  }

  List<String> speakers() {
    return events.of(NewMessage.class).stream()
        .filter(message -> message.role() == NewMessage.Role.ASSISTANT)
        .map(NewMessage::sender)
        .toList();
  }

  void all(String... answers) {
    for (String answer : answers) {
      model.then(call -> call.tokens(answer).complete());
    }
  }

  String reason() {
    return events.only(ConversationEnded.class).reason().name().toLowerCase(java.util.Locale.ROOT);
  }
}
