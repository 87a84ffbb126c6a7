package io.agentstream.wire;

import com.fasterxml.jackson.annotation.JsonRawValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The available agents and teams: the server's, and the user's own.
 *
 * @param speakerSelections the available speaker selections; the first is the default
 * @param teams the teams that can be started by name; null for none
 * @param models the models that agents of the user may have; null if the user may make none
 * @param tools the tools that agents of the user may have; null if the user may make none
 * @param editing how the user may make agents and teams; null if the user may make none
 */
public record Agents(
    List<Card> agents,
    List<String> speakerSelections,
    @Nullable List<Team> teams,
    @Nullable List<Choice> models,
    @Nullable List<Choice> tools,
    @Nullable Editing editing)
    implements ControlFrame {

  /** A catalogue that the user may not add to. */
  public Agents(List<Card> agents, List<String> speakerSelections, @Nullable List<Team> teams) {
    this(agents, speakerSelections, teams, null, null, null);
  }

  /** A catalogue without teams. */
  public Agents(List<Card> agents, List<String> speakerSelections) {
    this(agents, speakerSelections, null);
  }

  @Override
  public String type() {
    return "agents";
  }

  /**
   * An agent's description for viewers.
   *
   * @param colour the colour of its messages, from 0 to 7; null for any
   * @param own true if the user has made it; null for false
   * @param definition what the user has saved, as JSON; null if it is not the user's own
   * @param fault why it cannot be started any more; null if it can
   */
  public record Card(
      String name,
      String description,
      @Nullable Integer colour,
      @Nullable Boolean own,
      @JsonRawValue @Nullable String definition,
      @Nullable String fault) {

    /** An agent of the server. */
    public Card(String name, String description) {
      this(name, description, null, null, null, null);
    }
  }

  /**
   * A team for viewers.
   *
   * @param agents the names of its participants
   * @param description one sentence on its purpose; null for none
   * @param speakerSelection how the next speaker is picked
   * @param maxRounds how many rounds a run has at most
   * @param sampleTopics topics to choose from; null for none
   * @param endWhen when a run ends before its last round, as in a team file but without settings of
   *     extensions, as JSON; null for none or unknown
   * @param own true if the user has made it; null for false
   * @param definition what the user has saved, as JSON; null if it is not the user's own
   * @param fault why it cannot be started any more; null if it can
   * @param people the names of its participants that are seats for people, not agents; null for
   *     none
   */
  public record Team(
      String name,
      List<String> agents,
      @Nullable String description,
      String speakerSelection,
      int maxRounds,
      @Nullable List<String> sampleTopics,
      @JsonRawValue @Nullable String endWhen,
      @Nullable Boolean own,
      @JsonRawValue @Nullable String definition,
      @Nullable String fault,
      @Nullable List<String> people) {

    /** A team of the server, without its end. */
    public Team(
        String name,
        List<String> agents,
        @Nullable String description,
        String speakerSelection,
        int maxRounds,
        @Nullable List<String> sampleTopics) {
      this(
          name,
          agents,
          description,
          speakerSelection,
          maxRounds,
          sampleTopics,
          null,
          null,
          null,
          null,
          null);
    }
  }

  /**
   * A model or a tool that agents of the user may have.
   *
   * @param description one sentence; null for none
   */
  public record Choice(String name, @Nullable String description) {}

  /**
   * How the user may make agents and teams.
   *
   * @param kept true if the server keeps them; if false, the client keeps them and sends them with
   *     each start
   * @param maxAgents how many agents of one's own there may be
   * @param maxTeams how many teams of one's own there may be
   * @param maxChars how many characters of JSON all of them may have together
   */
  public record Editing(boolean kept, int maxAgents, int maxTeams, int maxChars) {}
}
