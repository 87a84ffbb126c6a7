package io.agentstream.examples.terminal;

import io.agentstream.examples.config.Arguments;
import io.agentstream.examples.config.ConfigException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The options of {@code chat}.
 *
 * @param topic the topic; empty if only help is requested
 * @param team the team of the team file that talks; null for agents
 * @param agents the participants' names, in speaking order; empty for the whole catalogue
 * @param rounds the maximum number of rounds, from 1; null for the default
 * @param speakers the name of the speaker selection; null for the default
 * @param config the configuration file; null for the defaults
 * @param colour true if colours may be used on a terminal
 * @param help true to print only the usage
 */
record ChatOptions(
    String topic,
    @Nullable String team,
    List<String> agents,
    @Nullable Integer rounds,
    @Nullable String speakers,
    @Nullable Path config,
    boolean colour,
    boolean help) {

  /** The output of {@code chat --help}. */
  static final String USAGE =
      """
      Usage: java -jar agentstream-server.jar chat [options] TOPIC

        --team NAME      the team of the team file that talks, with the file's own settings
        --agents NAMES   who takes part, comma-separated (default everybody)
        --rounds N       the most rounds (default 3)
        --speakers NAME  how speakers are chosen: round_robin, random, manual or parallel;
                         with a real model also model, handoff and planner (default round_robin)
        --config FILE    agents, limits and timeouts, as JSON; or a team file
        --no-color       no colours, like the variable NO_COLOR
        --help           this text

      Ctrl-C stops the conversation and keeps what was said. Exit codes: 0 it ended, 1 it failed or
      an agent got no answer, 2 wrong settings, 130 Ctrl-C.""";

  static ChatOptions parse(List<String> args) throws ConfigException {
    ChatOptions options = new ChatOptions("", null, List.of(), null, null, null, true, false);
    Arguments arguments = new Arguments(args, "chat --help");
    while (arguments.hasNext()) {
      options = options.with(arguments.next(), arguments);
    }
    if (options.topic.isBlank() && !options.help) {
      throw new ConfigException("chat: a topic is missing; see chat --help");
    }
    if (options.team != null && options.choosesAgents()) {
      throw new ConfigException("--team: goes with neither --agents, --rounds nor --speakers");
    }
    return options;
  }

  private boolean choosesAgents() {
    return !agents.isEmpty() || rounds != null || speakers != null;
  }

  private ChatOptions with(String arg, Arguments rest) throws ConfigException {
    return switch (arg) {
      case "--team" ->
          new ChatOptions(topic, rest.value(arg), agents, rounds, speakers, config, colour, help);
      case "--agents" ->
          new ChatOptions(
              topic, team, names(rest.value(arg)), rounds, speakers, config, colour, help);
      case "--rounds" ->
          new ChatOptions(
              topic,
              team,
              agents,
              rest.number(arg, 1, Integer.MAX_VALUE),
              speakers,
              config,
              colour,
              help);
      case "--speakers" ->
          new ChatOptions(topic, team, agents, rounds, rest.value(arg), config, colour, help);
      case "--config" ->
          new ChatOptions(topic, team, agents, rounds, speakers, rest.path(arg), colour, help);
      case "--no-color" ->
          new ChatOptions(topic, team, agents, rounds, speakers, config, false, help);
      case "--help", "-h" ->
          new ChatOptions(topic, team, agents, rounds, speakers, config, colour, true);
      default -> withTopic(arg, rest);
    };
  }

  private ChatOptions withTopic(String arg, Arguments rest) throws ConfigException {
    if (arg.startsWith("--")) {
      throw rest.unknown(arg);
    }
    // Without quotes, a topic arrives as several arguments.
    String longer = (topic + " " + arg).strip();
    return new ChatOptions(longer, team, agents, rounds, speakers, config, colour, help);
  }

  private static List<String> names(String value) {
    return List.of(value.split(",", -1)).stream()
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .toList();
  }
}
