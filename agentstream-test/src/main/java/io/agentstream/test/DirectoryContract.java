package io.agentstream.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.backplane.Directory;
import io.agentstream.backplane.StartRequest;
import io.agentstream.identity.ConversationInfo;
import io.agentstream.identity.User;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The contract of every {@link Directory}. Extend this class and provide your directory, empty for
 * each test:
 *
 * <pre>{@code
 * class MyDirectoryTest extends DirectoryContract {
 *   protected Directory directory() { return mine; }
 * }
 * }</pre>
 */
@Timeout(180)
public abstract class DirectoryContract {

  private static final User ANN = User.of("ann");
  private static final User BEN = User.of("ben");
  private static final Instant BEGINNING = Instant.parse("2026-01-01T00:00:00Z");
  private static final long PATIENCE_SECONDS = 60;

  /** Returns the directory of this test; the same one each time. */
  protected abstract Directory directory();

  @Test
  void a_conversation_is_found_as_it_was_added() {
    ConversationInfo added =
        new ConversationInfo("c1", ANN, "Tea or coffee?", List.of("Ann", "本"), BEGINNING);
    done(directory().add(added));
    assertThat(done(directory().find("c1"))).contains(added);
  }

  @Test
  void a_conversation_that_was_never_added_is_not_found() {
    assertThat(done(directory().find("c1"))).isEmpty();
  }

  @Test
  void a_conversation_of_nobody_stays_one_of_nobody() {
    add("c1", null, 1);
    assertThat(done(directory().find("c1")).map(ConversationInfo::owner))
        .isEqualTo(Optional.empty());
  }

  @Test
  void the_newest_are_listed_first_and_only_as_many_as_were_asked_for() {
    add("c1", ANN, 1);
    add("c2", BEN, 2);
    add("c3", ANN, 3);
    assertThat(newest(null, any -> true, 10)).containsExactly("c3", "c2", "c1");
    assertThat(newest(null, any -> true, 2)).containsExactly("c3", "c2");
  }

  @Test
  void a_user_s_list_holds_what_that_user_started_alone() {
    add("c1", ANN, 1);
    add("c2", BEN, 2);
    add("c3", null, 3);
    add("c4", User.anonymous("ann"), 4);
    assertThat(newest(ANN, any -> true, 10)).containsExactly("c1");
  }

  @Test
  void a_list_looks_past_what_the_filter_leaves_out() {
    for (int i = 1; i <= 50; i++) {
      add("c" + i, ANN, i);
    }
    assertThat(newest(ANN, info -> info.conversationId().equals("c1"), 1)).containsExactly("c1");
  }

  @Test
  void a_conversation_that_was_removed_is_neither_found_nor_listed() {
    add("c1", ANN, 1);
    add("c2", ANN, 2);
    done(directory().remove("c1"));
    assertThat(newest(ANN, any -> true, 10)).containsExactly("c2");
    assertThat(done(directory().find("c1"))).isEmpty();
    done(directory().remove("never added"));
  }

  @Test
  void the_first_conversation_of_a_request_decides_for_all() {
    StartRequest request = new StartRequest("ann", "r1");
    add("c1", ANN, 1);
    add("c2", ANN, 2);
    assertThat(done(directory().startedBy(request))).isEmpty();
    assertThat(done(directory().started(request, "c1"))).isEqualTo("c1");
    assertThat(done(directory().started(request, "c2"))).isEqualTo("c1");
    assertThat(done(directory().startedBy(request))).contains("c1");
  }

  @Test
  void the_requests_of_two_users_do_not_meet() {
    add("c1", ANN, 1);
    add("c2", BEN, 2);
    add("c3", null, 3);
    assertThat(done(directory().started(new StartRequest("ann", "r1"), "c1"))).isEqualTo("c1");
    assertThat(done(directory().started(new StartRequest("ben", "r1"), "c2"))).isEqualTo("c2");
    assertThat(done(directory().started(new StartRequest(null, "r1"), "c3"))).isEqualTo("c3");
  }

  @Test
  void a_request_whose_conversation_was_removed_can_be_made_again() {
    StartRequest request = new StartRequest("ann", "r1");
    add("c1", ANN, 1);
    done(directory().started(request, "c1"));
    done(directory().remove("c1"));
    add("c2", ANN, 2);
    assertThat(done(directory().find("c1"))).isEmpty();
    assertThat(done(directory().startedBy(request))).isEmpty();
    assertThat(done(directory().started(request, "c2"))).isEqualTo("c2");
  }

  private void add(String id, @Nullable User owner, int second) {
    done(
        directory()
            .add(
                new ConversationInfo(
                    id, owner, "Tea?", List.of("Ann"), BEGINNING.plusSeconds(second))));
  }

  private List<String> newest(@Nullable User owner, Predicate<ConversationInfo> which, int most) {
    return done(directory().newest(owner, which, most)).stream()
        .map(ConversationInfo::conversationId)
        .toList();
  }

  private static <T> T done(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
  }
}
