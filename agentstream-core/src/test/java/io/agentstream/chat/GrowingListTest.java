package io.agentstream.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GrowingListTest {

  private final GrowingList<Integer> list = new GrowingList<>();

  @Test
  void a_view_keeps_the_elements_of_its_moment() {
    List<List<Integer>> views = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      views.add(list.view());
      list.add(i);
    }

    for (int size = 0; size < 100; size++) {
      assertThat(views.get(size))
          .hasSize(size)
          .isEqualTo(List.copyOf(views.get(99)).subList(0, size));
    }
    assertThat(list.size()).isEqualTo(100);
  }

  @Test
  void a_view_is_made_once_for_each_length() {
    list.addAll(List.of(1, 2));
    assertThat(list.view()).isSameAs(list.view());
  }

  @Test
  void a_view_equals_a_list_of_the_same_elements() {
    list.addAll(List.of(1, 2, 3));

    assertThat(list.view()).isEqualTo(List.of(1, 2, 3)).hasSameHashCodeAs(List.of(1, 2, 3));
    assertThat(List.of(1, 2, 3)).isEqualTo(list.view());
  }

  @Test
  void a_view_does_not_change_and_does_not_reach_beyond_its_length() {
    list.add(1);
    List<Integer> view = list.view();
    list.add(2);

    assertThatThrownBy(() -> view.add(3)).isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> view.set(0, 3)).isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(view::clear).isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> view.get(1)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void only_lists_of_others_are_copied() {
    list.add(1);
    List<Integer> other = new ArrayList<>(List.of(1));

    assertThat(GrowingList.immutable(list.view())).isSameAs(list.view());
    assertThat(GrowingList.immutable(other)).isNotSameAs(other).isEqualTo(other);
  }
}
