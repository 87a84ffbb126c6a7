package io.agentstream.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.chat.ToolSource;
import io.agentstream.chat.context.Utterance;
import io.agentstream.event.NewMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The contract of every {@link ToolSource}. Extend this class and provide your source:
 *
 * <pre>{@code
 * class CalendarsTest extends ToolSourceContract {
 *   protected ToolSource source() { return new Calendars(); }
 *   protected String ownerId() { return "mia"; }
 * }
 * }</pre>
 */
public abstract class ToolSourceContract {

  private static final long PATIENCE_SECONDS = 60;
  private static final int TURNS = 8;

  /** Returns the source. */
  protected abstract ToolSource source();

  /** Returns the id of a user for whose conversations there are tools. */
  protected String ownerId() {
    return "owner";
  }

  /** Returns a text that the source must not show, such as a credential; null for none. */
  protected @Nullable String secret() {
    return null;
  }

  private ToolSource.Turn turn(@Nullable String owner) {
    Utterance topic =
        Utterance.of(
            new NewMessage("m1", NewMessage.Role.USER, NewMessage.USER, "Will it rain?", 0));
    return new ToolSource.Turn("contract", owner, "Ann", List.of(topic));
  }

  private static List<ToolSource.Tool> get(ToolSource source, ToolSource.Turn turn)
      throws Exception {
    return source.tools(turn).toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  private static List<String> names(List<ToolSource.Tool> tools) {
    return tools.stream().map(tool -> tool.specification().name()).toList();
  }

  @Test
  void the_owner_has_tools_whose_names_models_accept() throws Exception {
    List<String> names = names(get(source(), turn(ownerId())));
    assertThat(names).isNotEmpty().doesNotHaveDuplicates();
    assertThat(names).allMatch(name -> name.matches("[A-Za-z0-9_.-]{1,128}"));
  }

  @Test
  void a_conversation_of_nobody_is_answered() throws Exception {
    assertThat(get(source(), turn(null))).isNotNull();
  }

  @Test
  void a_list_does_not_change_when_others_ask() throws Exception {
    ToolSource source = source();
    List<ToolSource.Tool> tools = get(source, turn(ownerId()));
    List<ToolSource.Tool> before = new ArrayList<>(tools);
    assertThat(get(source, turn(null))).isNotNull();
    assertThat(get(source, turn("somebody else"))).isNotNull();
    assertThat(tools).isEqualTo(before);
  }

  @Test
  void many_turns_may_ask_at_once() throws Exception {
    ToolSource source = source();
    List<CompletableFuture<List<ToolSource.Tool>>> turns = new ArrayList<>();
    for (int i = 0; i < TURNS; i++) {
      turns.add(
          CompletableFuture.supplyAsync(
              () -> source.tools(turn(ownerId())).toCompletableFuture().join()));
    }
    for (CompletableFuture<List<ToolSource.Tool>> each : turns) {
      assertThat(each.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isNotEmpty();
    }
  }

  @Test
  void an_interrupted_turn_does_not_hang_and_the_next_one_has_its_tools() throws Exception {
    ToolSource source = source();
    CompletableFuture<Void> asking =
        CompletableFuture.runAsync(
            () -> {
              Thread.currentThread().interrupt();
              try {
                CompletableFuture<?> unused = source.tools(turn(ownerId())).toCompletableFuture();
              } finally {
                // The thread belongs to a pool.
                Thread.interrupted();
              }
            });
    try {
      asking.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      // A source may throw when it is interrupted.
      assertThat(e).hasCauseInstanceOf(RuntimeException.class);
    }
    assertThat(get(source, turn(ownerId()))).isNotEmpty();
  }

  @Test
  void no_text_shows_the_secret() throws Exception {
    String secret = secret();
    if (secret != null) {
      ToolSource source = source();
      assertThat(source + " " + get(source, turn(ownerId()))).doesNotContain(secret);
    }
  }
}
