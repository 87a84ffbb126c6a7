package io.agentstream.viewer.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.viewer.internal.WaitingRoom.Guest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WaitingRoomTest {

  private final List<Integer> turnedAway = new ArrayList<>();

  @Test
  void the_oldest_makes_room_for_the_newest() {
    WaitingRoom room = new WaitingRoom(2, 0);
    for (int i = 1; i <= 4; i++) {
      room.enter(guest(i), null);
    }
    assertThat(turnedAway).containsExactly(1, 2);
    assertThat(room.size()).isEqualTo(2);
  }

  @Test
  void the_oldest_of_the_same_network_makes_room_where_that_has_too_many() {
    WaitingRoom room = new WaitingRoom(0, 2);
    room.enter(guest(1), "b");
    for (int i = 2; i <= 5; i++) {
      room.enter(guest(i), "a");
    }
    assertThat(turnedAway).containsExactly(2, 3);
  }

  @Test
  void whoever_has_left_is_not_turned_away() {
    WaitingRoom room = new WaitingRoom(1, 1);
    Guest first = guest(1);
    room.enter(first, "a");
    room.leave(first);
    room.leave(first);
    room.enter(guest(2), "a");
    assertThat(turnedAway).isEmpty();
  }

  @Test
  void nothing_is_left_of_those_who_have_left() {
    WaitingRoom room = new WaitingRoom(10, 10);
    Guest guest = guest(1);
    room.enter(guest, "a");
    room.leave(guest);
    assertThat(room.size()).isZero();
  }

  private Guest guest(int number) {
    return () -> turnedAway.add(number);
  }
}
