package io.agentstream.chat.speaker;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Lets every participant speak in turn. Its state is the next participant, which a continuation
 * keeps. A round is as many turns of one run as there are participants.
 *
 * <p>Once the roster has been changed, the state is the next seat and the seat with which the round
 * began: then a round is one pass over the seats, and seats of participants that are silent are
 * skipped. {@link #NO_ROUND} stands for a round that is over.
 */
final class RoundRobin implements SpeakerSelector {

  static final RoundRobin INSTANCE = new RoundRobin();

  private static final int NO_ROUND = -1;

  private RoundRobin() {}

  @Override
  public String name() {
    return "round_robin";
  }

  @Override
  public boolean mayBlock() {
    return false;
  }

  @Override
  public CompletionStage<Selection> select(SelectionContext context) {
    return CompletableFuture.completedStage(
        context.seats().isEmpty() ? unchanged(context) : overSeats(context));
  }

  private static Selection unchanged(SelectionContext context) {
    int participants = context.participants().size();
    int index =
        context.state().isEmpty() ? 0 : Integer.parseInt(numbers(context)[0]) % participants;
    int turn = context.turns() % participants;
    return Selection.speak(context.participants().get(index).name())
        .inRound(turn == 0, turn == participants - 1)
        .withState(String.valueOf((index + 1) % participants));
  }

  private static String[] numbers(SelectionContext context) {
    return context.state().split(" ", -1);
  }

  private static Selection overSeats(SelectionContext context) {
    List<Seat> seats = context.seats();
    int count = seats.size();
    int from = from(context) % count;
    int seat = activeFrom(from, seats);
    int began = began(context, from);
    boolean starts =
        began == NO_ROUND || passed(began, seat, count) <= passed(began, from - 1, count);
    int start = starts ? seat : began;
    int next = activeFrom((seat + 1) % count, seats);
    boolean ends = passed(start, next, count) <= passed(start, seat, count);
    return Selection.speak(seats.get(seat).participant().name())
        .inRound(starts, ends)
        .withState(seat + 1 + " " + (ends ? NO_ROUND : start));
  }

  /** Returns the next seat. After the last seat it may be one that does not exist yet. */
  private static int from(SelectionContext context) {
    if (context.state().isEmpty()) {
      return 0;
    }
    String[] numbers = numbers(context);
    int from = Integer.parseInt(numbers[0]);
    return numbers.length == 1 && from == 0 ? own(context) : from;
  }

  /** Returns the number of seats that the chat itself has. */
  private static int own(SelectionContext context) {
    return (int) context.seats().stream().filter(seat -> !seat.added()).count();
  }

  /** Returns the seat with which the current round began; {@link #NO_ROUND} if it is over. */
  private static int began(SelectionContext context, int from) {
    if (context.turns() == 0) {
      return NO_ROUND;
    }
    String[] numbers = numbers(context);
    if (numbers.length > 1) {
      return Integer.parseInt(numbers[1]);
    }
    // The state of the chat's own participants: the first change has come in this round.
    int own = own(context);
    int turns = context.turns() % own;
    return turns == 0 ? NO_ROUND : Math.floorMod(from - turns, own);
  }

  /** Returns how many seats come between the beginning of a round and a seat. */
  private static int passed(int began, int seat, int count) {
    return Math.floorMod(seat - began, count);
  }

  private static int activeFrom(int from, List<Seat> seats) {
    for (int i = 0; i < seats.size(); i++) {
      int seat = (from + i) % seats.size();
      if (seats.get(seat).isActive()) {
        return seat;
      }
    }
    throw new IllegalStateException("somebody is active, or no selector is asked");
  }
}
