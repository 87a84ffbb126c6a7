package io.agentstream.chat;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.RandomAccess;

/**
 * A list that only grows. Each of its views has the elements of one moment and shares their array
 * with the list, so that taking a view costs the same for any length. Used in the conversation's
 * serial order only; views are immutable and safe on any thread.
 */
final class GrowingList<T> {

  private static final int FIRST_SIZE = 4;

  private Object[] elements = new Object[FIRST_SIZE];
  private List<T> view = List.of();
  private int size;

  void add(T element) {
    if (size == elements.length) {
      elements = Arrays.copyOf(elements, 2 * size);
    }
    // Views do not reach beyond their own length, so none of them sees this.
    elements[size++] = element;
  }

  void addAll(List<? extends T> more) {
    more.forEach(this::add);
  }

  int size() {
    return size;
  }

  boolean isEmpty() {
    return size == 0;
  }

  /** Returns the elements so far. */
  List<T> view() {
    if (view.size() < size) {
      view = new View<>(elements, size);
    }
    return view;
  }

  /** Returns an immutable list of the same elements: the list itself if it is a view. */
  static <T> List<T> immutable(List<T> list) {
    return list instanceof View<?> ? list : List.copyOf(list);
  }

  private static final class View<T> extends AbstractList<T> implements RandomAccess {
    private final Object[] elements;
    private final int size;

    View(Object[] elements, int size) {
      this.elements = elements;
      this.size = size;
    }

    @Override
    @SuppressWarnings("unchecked")
    public T get(int index) {
      if (index < 0 || index >= size) {
        throw new IndexOutOfBoundsException(index);
      }
      return (T) elements[index];
    }

    @Override
    public int size() {
      return size;
    }
  }
}
