package io.agentstream.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.agentstream.event.NewMessage.Role;
import io.agentstream.event.PastMessage;
import java.lang.management.ManagementFactory;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The memory that a conversation's state allocates, which is taken several times a turn. */
class StateAllocationTest extends ChatFixture {

  private static final int STATES = 1_000;
  private static final long MOST_BYTES_A_STATE = 3_000;

  @Test
  void a_state_allocates_the_same_for_a_history_of_any_length() {
    bytesPerState(2_000);

    long early = bytesPerState(10);
    long late = bytesPerState(4_000);

    System.out.printf("bytes a state: %d, with 4,000 messages %d%n", early, late);
    assertThat(early).isBetween(1L, MOST_BYTES_A_STATE);
    assertThat(late).isBetween(1L, MOST_BYTES_A_STATE);
  }

  private long bytesPerState(int messages) {
    List<PastMessage> past =
        Collections.nCopies(messages, new PastMessage(Role.ASSISTANT, "Ann", "Tea."));
    Conversation conversation =
        chat(1, "Ann", "Ben").build().newConversation("Tea?").past(past).start();
    assertThat(conversation.snapshot().join().utterances()).hasSize(messages + 1);

    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
    for (int i = 0; i < STATES; i++) {
      conversation.snapshot().join();
    }
    long bytes = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
    conversation.stop();
    return bytes / STATES;
  }
}
