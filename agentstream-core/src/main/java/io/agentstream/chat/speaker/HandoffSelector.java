package io.agentstream.chat.speaker;

import io.agentstream.chat.speaker.HandoffTargets.Target;
import io.agentstream.chat.speaker.Selection.Turn;
import io.agentstream.event.EndReason;
import io.agentstream.event.InputKind;
import io.agentstream.event.TurnFinishReason;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Lets agents hand over to each other, like AutoGen's {@code Swarm}. Created by {@link
 * SpeakerSelector#handoff}; immutable.
 *
 * <p>The first participant begins. The speaker gets a tool {@code transfer_to_…} for each of the
 * others: {@code transfer_to_ann} for Ann, in ASCII letters, digits, {@code _} and {@code -}, with
 * a checksum if that drops other characters. A call of such a tool ends the turn; of several calls
 * in one answer the first counts. With {@link #toUser}, one more tool asks the user, whose answer
 * goes back to the asking agent.
 *
 * <p>If an agent finishes its answer without handing over, it has answered the user: the run ends
 * with {@code completed}, and the user's next message goes to the same agent. AutoGen 0.7 lets that
 * agent speak repeatedly until a condition ends the team; {@link #keepsTheFloor} selects this
 * behaviour here too. In either case the agent speaks again after a turn that failed, was stopped,
 * was interrupted, or used up its rounds of tools, and after the user has sent a message meanwhile.
 * The failure policy and the number of rounds bound that.
 *
 * <p>AutoGen fails if the run after a handoff to the user begins without a named receiver. Here the
 * last speaker, or the agent that was handed the conversation last, begins the next run. A
 * participant that is a team cannot hand over.
 *
 * <p>A handoff to a participant that is muted or has left goes back to the speaker, which learns of
 * it. If the speaker itself is silent, the first participant that may speak continues.
 *
 * <p>A person with a seat can be handed the conversation, and cannot hand it over: then the agent
 * that handed over continues.
 *
 * <p>The state is the current speaker and the number of messages at the start of its turn; for a
 * person, also the agent that handed over.
 */
public final class HandoffSelector implements SpeakerSelector {

  private static final Set<TurnFinishReason> CUT =
      EnumSet.of(
          TurnFinishReason.ERROR,
          TurnFinishReason.STOPPED,
          TurnFinishReason.INTERRUPTED,
          TurnFinishReason.TOOL_CALLS);

  private static final String GO_ON = "Go on, or hand over with one of your tools.";
  private static final String AWAY = " cannot speak for now. ";
  private static final String NOT_ANSWERED = " did not answer in time. Go on without.";
  private static final String NO_ANSWER = "The user did not answer in time. Go on without.";

  private final boolean toUser;
  private final boolean keepsTheFloor;

  HandoffSelector(boolean toUser, boolean keepsTheFloor) {
    this.toUser = toUser;
    this.keepsTheFloor = keepsTheFloor;
  }

  /**
   * Returns a selector with an additional tool {@code transfer_to_user}, by which an agent asks the
   * user.
   */
  public HandoffSelector toUser() {
    return new HandoffSelector(true, keepsTheFloor);
  }

  /**
   * Returns a selector that lets an agent which hands over to nobody continue, until a condition
   * ends the run.
   */
  public HandoffSelector keepsTheFloor() {
    return new HandoffSelector(toUser, true);
  }

  @Override
  public String name() {
    return "handoff";
  }

  @Override
  public boolean mayBlock() {
    return false;
  }

  @Override
  public Set<String> toolNames(List<Participant> participants) {
    return new HandoffTargets(participants, toUser).toolNames();
  }

  @Override
  public CompletionStage<Selection> select(SelectionContext context) {
    return CompletableFuture.completedStage(new Step(context).decide());
  }

  /** One decision and its inputs. */
  private final class Step {
    private final SelectionContext context;
    private final HandoffTargets targets;
    private final @Nullable TurnOutcome last;
    // The participant that continues if the speaker has not handed over: the speaker or, if the
    // speaker is muted or has left, another one.
    private final String holder;
    private final String speaker;
    private final boolean personSpoke;
    private final boolean userSpoke;

    Step(SelectionContext context) {
      this.context = context;
      this.targets = new HandoffTargets(context, toUser);
      List<TurnOutcome> step = context.lastStep();
      this.last = step.isEmpty() ? null : step.get(step.size() - 1);
      int separator = context.state().indexOf(' ');
      String[] lines = context.state().substring(separator + 1).split("\n", -1);
      String before = lines[0];
      List<String> names = Names.of(context);
      this.personSpoke = last != null && Names.isPerson(context, before);
      if (personSpoke) {
        this.holder = agentAfter(before, lines[lines.length - 1], names);
      } else {
        this.holder = names.contains(before) ? before : names.get(0);
      }
      this.speaker = before.isEmpty() ? holder : before;
      int seen = separator < 0 ? 0 : Integer.parseInt(context.state().substring(0, separator));
      this.userSpoke =
          context.turns() == 0
              || context.messages().stream().skip(seen).anyMatch(Transcript::isRequest);
    }

    /** Returns the agent that handed over to a person, or else the next agent in order. */
    private String agentAfter(String person, String handedOver, List<String> names) {
      List<String> agents = Names.ofAgents(context);
      return agents.contains(handedOver) ? handedOver : Names.after(person, names, agents);
    }

    Selection decide() {
      if (context.roundsLeft() == 0) {
        return Selection.end(EndReason.MAX_ROUNDS, null);
      }
      String answer = context.input();
      if (answer != null) {
        return give(Turn.of(holder), answer.isEmpty() ? NO_ANSWER : null);
      }
      if (last == null) {
        return give(Turn.of(holder), null);
      }
      if (personSpoke) {
        boolean answered = last.complete().length() > 0;
        return give(Turn.of(holder), answered ? null : speaker + NOT_ANSWERED);
      }
      Optional<Target> target = targets.firstOf(last.toolCalls());
      return target.isPresent() ? follow(target.get()) : goOn(last);
    }

    private Selection follow(Target target) {
      if (!target.isActive()) {
        return give(Turn.of(holder), target.name() + AWAY + GO_ON);
      }
      if (!target.isUser()) {
        Turn turn = Turn.of(target.name()).withReason(speaker + " handed over.");
        return give(turn, speaker + " handed the conversation over to you.");
      }
      if (userSpoke) {
        return give(Turn.of(holder), null);
      }
      return Selection.ask(InputKind.TEXT, speaker + " hands over to you.", null)
          .by(holder)
          .withState(context.state());
    }

    private Selection goOn(TurnOutcome last) {
      if (userSpoke) {
        return give(Turn.of(holder), null);
      }
      if (keepsTheFloor || CUT.contains(last.complete().finishReason())) {
        return give(Turn.of(holder), GO_ON);
      }
      return Selection.end(EndReason.COMPLETED, speaker + " handed over to nobody.");
    }

    private Selection give(Turn turn, @Nullable String instruction) {
      String name = turn.agentName();
      boolean toPerson = Names.isPerson(context, name);
      Turn given = toPerson ? turn : turn.withTools(targets.toolsFor(name));
      String state = context.messages().size() + " " + name;
      return Selection.speak(
              List.of(instruction == null ? given : given.withInstruction(instruction)))
          .withState(toPerson ? state + "\n" + holder : state);
    }
  }
}
