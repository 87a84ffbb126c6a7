package io.agentstream.examples.terminal;

import io.agentstream.chat.Agent;
import io.agentstream.chat.Conversation;
import io.agentstream.chat.GroupChat;
import io.agentstream.chat.speaker.SpeakerSelector;
import io.agentstream.event.EndReason;
import io.agentstream.examples.config.ConfigException;
import io.agentstream.examples.config.ConfigFile;
import io.agentstream.examples.config.ServerConfig;
import io.agentstream.examples.server.AgentCatalogue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs one conversation in the terminal, token by token. */
public final class ChatCommand {

  private static final int FAILED = 1;

  /** How long Ctrl-C waits until the end of the conversation is printed. */
  private static final int LONGEST_STOP_SECONDS = 4;

  private ChatCommand() {}

  /**
   * Runs the conversation to its end.
   *
   * @param args the arguments after {@code chat}
   * @return the exit code: 0, or 1 if the conversation failed or an agent got no answer of its
   *     model. A Ctrl-C ends the process with 130.
   * @throws ConfigException if an option or the configuration file is wrong
   */
  public static int run(List<String> args) throws ConfigException {
    ChatOptions options = ChatOptions.parse(args);
    if (options.help()) {
      System.out.println(ChatOptions.USAGE);
      return 0;
    }
    ServerConfig config = ConfigFile.readOrDefaults(options.config());
    AgentCatalogue catalogue = AgentCatalogue.of(config, System.getenv());
    try {
      return talk(options, chat(options, catalogue));
    } finally {
      catalogue.close();
    }
  }

  private static int talk(ChatOptions options, GroupChat chat) {
    Screen screen = Screen.ofProcess(options.colour());
    Answers answers = new Answers(System.in);
    Printer printer = new Printer(screen, StatusLine.on(screen), chat.maxRounds(), answers::expect);
    Conversation conversation = chat.start(options.topic(), printer);
    answers.begin(conversation, printer);
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> stop(conversation, printer), "agentstream-stop"));
    EndReason reason = printer.ended().join();
    return reason == EndReason.FAILED || !printer.everybodyAnswered() ? FAILED : 0;
  }

  /** After this hook an interrupted JVM exits with 130. */
  private static void stop(Conversation conversation, Printer printer) {
    conversation.stop();
    try {
      printer.ended().orTimeout(LONGEST_STOP_SECONDS, TimeUnit.SECONDS).join();
    } catch (RuntimeException e) {
      if (!(e.getCause() instanceof TimeoutException)) {
        throw e;
      }
      System.err.println("agentstream: the conversation did not stop in time");
    }
  }

  private static GroupChat chat(ChatOptions options, AgentCatalogue catalogue)
      throws ConfigException {
    if (options.team() != null) {
      GroupChat team = catalogue.teams().get(options.team());
      if (team == null) {
        throw noSuch("--team", options.team(), List.copyOf(catalogue.teams().keySet()));
      }
      return team;
    }
    GroupChat.Builder chat =
        GroupChat.builder()
            .participants(participants(options.agents(), catalogue.agents()))
            .speakerSelector(selector(options, catalogue))
            .timeouts(catalogue.config().timeouts())
            .limits(catalogue.config().limits());
    if (options.rounds() != null) {
      chat.maxRounds(options.rounds());
    }
    return chat.build();
  }

  private static List<Agent> participants(List<String> names, List<Agent> all)
      throws ConfigException {
    List<Agent> participants = new ArrayList<>();
    for (String name : names) {
      participants.add(
          all.stream()
              .filter(agent -> agent.name().equals(name))
              .findFirst()
              .orElseThrow(() -> noSuch("--agents", name, all.stream().map(Agent::name).toList())));
    }
    return participants.isEmpty() ? all : participants;
  }

  private static SpeakerSelector selector(ChatOptions options, AgentCatalogue catalogue)
      throws ConfigException {
    SpeakerSelector[] offered = catalogue.speakerSelectors();
    String name = options.speakers();
    if (name == null) {
      return offered[0];
    }
    return Arrays.stream(offered)
        .filter(selector -> selector.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                noSuch(
                    "--speakers",
                    name,
                    Arrays.stream(offered).map(SpeakerSelector::name).toList()));
  }

  private static ConfigException noSuch(String option, String name, List<String> known) {
    return new ConfigException(
        option
            + ": there is no '"
            + name
            + "'; known: "
            + (known.isEmpty() ? "none" : String.join(", ", known)));
  }
}
