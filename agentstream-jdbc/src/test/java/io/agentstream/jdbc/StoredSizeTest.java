package io.agentstream.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.chat.Agent;
import io.agentstream.hub.ConversationHub;
import io.agentstream.identity.ConversationAccess;
import io.agentstream.test.Eventually;
import io.agentstream.test.LocalViewer;
import io.agentstream.test.ScriptedCall;
import io.agentstream.test.ScriptedModel;
import io.agentstream.viewer.DeliveryListener;
import io.agentstream.viewer.StoreLoad;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * The size of a conversation of three agents in a database, with twelve turns of 500 tokens. The
 * sizes are printed; {@code docs/storage.md} has them.
 */
@Timeout(600)
@EnabledIfSystemProperty(named = "agentstream.slow", matches = "true", disabledReason = "a minute")
class StoredSizeTest {

  private static final int CONVERSATIONS = 200;
  private static final int AT_ONCE = 20;
  private static final int ROUNDS = 4;
  private static final List<String> AGENTS = List.of("Ann", "Ben", "Cyd");
  private static final int TURNS = ROUNDS * AGENTS.size();
  private static final int TOKENS = 500;
  private static final String USER = "postgres";

  @TempDir private Path folder;

  private final Random random = new Random(17);
  private final List<String> vocabulary =
      Stream.generate(this::word).limit(4_000).collect(Collectors.toList());
  private volatile Supplier<StoreLoad> load;
  private long said;

  @Test
  void in_h2() throws Exception {
    fill(JdbcStore.inFolder(folder), () -> print("H2 while the server runs", fileBytes()));
    // The server compacts a file that is mostly out of use when it stops.
    long packed = fileBytes();
    print("H2 after a stop", packed);
    assertThat(packed).isBetween(said, 10 * said);
  }

  @Test
  void in_postgresql() throws Exception {
    try (EmbeddedPostgres postgres = TestPostgres.start()) {
      fill(
          JdbcStore.at(postgres.getJdbcUrl(USER, USER), USER, USER),
          () -> print("PostgreSQL while the server runs", tableBytes(postgres, "")));
      long packed = tableBytes(postgres, "VACUUM FULL");
      print("PostgreSQL after VACUUM FULL", packed);
      assertThat(packed).isBetween(said, 10 * said);
    }
  }

  /** A measurement while the server still runs. */
  private interface Measurement {
    void take() throws IOException, SQLException;
  }

  private void fill(JdbcStore store, Measurement measurement) throws Exception {
    ScriptedModel model = new ScriptedModel();
    model.always(this::answer);
    try (store;
        ConversationHub hub =
            ConversationHub.builder()
                .agents(
                    AGENTS.stream()
                        .map(name -> Agent.builder(name).model(model).build())
                        .toArray(Agent[]::new))
                .defaultMaxRounds(ROUNDS)
                .access(ConversationAccess.everybody())
                .listener(
                    new DeliveryListener() {
                      @Override
                      public void onStore(Supplier<StoreLoad> read) {
                        load = read;
                      }
                    })
                .store(store)
                .build()) {
      for (int i = 0; i < CONVERSATIONS; i += AT_ONCE) {
        startSome(hub);
      }
      measurement.take();
    }
  }

  private void startSome(ConversationHub hub) {
    List<LocalViewer> viewers = new ArrayList<>();
    for (int i = 0; i < AT_ONCE; i++) {
      LocalViewer viewer = new LocalViewer(hub);
      viewer.start("Should a small town build a tram, and who should pay for it?");
      viewers.add(viewer);
    }
    viewers.forEach(LocalViewer::awaitEnd);
    Eventually.await(() -> load.get().queued() == 0);
  }

  private synchronized void answer(ScriptedCall call) {
    String text =
        IntStream.range(0, TOKENS)
            .mapToObj(i -> vocabulary.get(random.nextInt(vocabulary.size())))
            .collect(Collectors.joining());
    said += text.length();
    call.tokens(text).usage(TOKENS, TOKENS).complete();
  }

  /** Returns a token of a tokenizer: four characters on average, a space among them. */
  private String word() {
    StringBuilder word = new StringBuilder(" ");
    for (int letters = 1 + random.nextInt(5); letters > 0; letters--) {
      word.append((char) ('a' + random.nextInt(26)));
    }
    return word.toString();
  }

  private long fileBytes() throws IOException {
    return Files.size(folder.resolve("agentstream.mv.db"));
  }

  private static long tableBytes(EmbeddedPostgres postgres, String before) throws SQLException {
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      if (!before.isEmpty()) {
        statement.execute(before);
      }
      try (ResultSet row =
          statement.executeQuery(
              "SELECT sum(pg_total_relation_size(oid)) FROM pg_class"
                  + " WHERE relkind = 'r' AND relname LIKE 'agentstream%'")) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  private void print(String where, long bytes) {
    assertThat(said).isPositive();
    System.out.printf(
        "%s: %,d bytes a conversation, which says %,d characters in %d turns%n",
        where, bytes / CONVERSATIONS, said / CONVERSATIONS, TURNS);
  }
}
