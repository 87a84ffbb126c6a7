package io.agentstream.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentstream.journal.UnavailableException;
import io.agentstream.store.Store;
import io.agentstream.test.Eventually;
import io.agentstream.test.StoreContract;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PostgresStoreTest extends StoreContract {

  private static final String USER = "postgres";

  private static EmbeddedPostgres postgres;

  private JdbcStore store;

  @BeforeAll
  static void start() throws IOException {
    postgres = TestPostgres.start();
  }

  @AfterAll
  static void stop() throws IOException {
    postgres.close();
  }

  @BeforeEach
  void open() throws SQLException {
    execute("DROP SCHEMA public CASCADE", "CREATE SCHEMA public");
    store = JdbcStore.at(url(), USER, USER);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private static String url() {
    return postgres.getJdbcUrl(USER, USER);
  }

  private static void execute(String... statements) throws SQLException {
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  @Override
  protected Store store() {
    return store;
  }

  @Override
  protected Store reopened() {
    store.close();
    store = JdbcStore.at(url(), USER, USER);
    return store;
  }

  @Test
  void other_tables_of_the_database_are_left_alone() throws SQLException {
    execute("CREATE TABLE conversation (id INTEGER)", "INSERT INTO conversation VALUES (7)");
    reopened();
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT id FROM conversation")) {
      assertThat(row.next()).isTrue();
      assertThat(row.getInt(1)).isEqualTo(7);
    }
  }

  @Test
  void a_second_server_is_kept_out() {
    assertThatThrownBy(() -> JdbcStore.at(url(), USER, USER))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("Another server uses this database");
  }

  @Test
  void nodes_that_share_their_conversations_use_one_database_and_keep_others_out() {
    store.close();
    try (JdbcStore first = JdbcStore.ofNodesAt(url(), USER, USER);
        JdbcStore second = JdbcStore.ofNodesAt(url(), USER, USER)) {
      assertThat(first.find("x")).isEqualTo(second.find("x"));
      assertThatThrownBy(() -> JdbcStore.at(url(), USER, USER))
          .isInstanceOf(UnavailableException.class)
          .hasMessageContaining("Another server uses this database");
    }
    store = JdbcStore.at(url(), USER, USER);
    assertThatThrownBy(() -> JdbcStore.ofNodesAt(url(), USER, USER))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("no node of these");
  }

  @Test
  void nodes_that_start_at_once_make_the_tables_once() throws Exception {
    store.close();
    execute("DROP SCHEMA public CASCADE", "CREATE SCHEMA public");
    List<CompletableFuture<JdbcStore>> starting =
        Stream.generate(
                () -> CompletableFuture.supplyAsync(() -> JdbcStore.ofNodesAt(url(), USER, USER)))
            .limit(4)
            .toList();
    for (CompletableFuture<JdbcStore> started : starting) {
      started.get(60, TimeUnit.SECONDS).close();
    }
    store = JdbcStore.at(url(), USER, USER);
    assertThat(store.find("x")).isEmpty();
  }

  @Test
  void a_lock_whose_connection_breaks_is_taken_again_with_a_write() throws SQLException {
    breakLocks();
    awaitLocks(1);
    refusesAnotherServer();
    assertThat(store.problems()).isEmpty();
  }

  @Test
  void a_lock_of_nodes_is_taken_again_too() throws SQLException {
    store.close();
    store = JdbcStore.ofNodesAt(url(), USER, USER);
    try (JdbcStore second = JdbcStore.ofNodesAt(url(), USER, USER)) {
      breakLocks();
      awaitLocks(1);
      refusesAnotherServer();
      assertThat(store.problems()).isEmpty();
      assertThat(second.problems()).isEmpty();
    }
  }

  @Test
  void a_lock_is_taken_again_from_a_connection_that_only_the_database_takes_for_open()
      throws SQLException {
    store.close();
    HalfOpen source = new HalfOpen(postgres.getPostgresDatabase());
    store = JdbcStore.of(source.asDataSource());
    int holder = holders().get(0);
    source.breakTheNextThatIsAsked();
    Eventually.await(
        () -> {
          write();
          List<Integer> now = holders();
          return now.size() == 1 && !now.contains(holder);
        });
    refusesAnotherServer();
    assertThat(store.problems()).isEmpty();
  }

  @Test
  void a_server_writes_no_more_while_another_one_has_its_lock() throws SQLException {
    breakLocks();
    try (JdbcStore other = JdbcStore.at(url(), USER, USER)) {
      awaitRefusal();
      assertThat(other.claim("x")).isZero();
    }
    assertThat(store.problems()).singleElement().asString().contains("Another server");
  }

  @Test
  void a_server_writes_no_more_after_another_one_has_been_there() throws SQLException {
    breakLocks();
    JdbcStore.at(url(), USER, USER).close();
    awaitRefusal();
    JdbcStore.at(url(), USER, USER).close();
    assertThat(store.problems()).singleElement().asString().contains("Another server");
  }

  @Test
  void a_write_that_is_late_does_not_take_the_lock_of_a_closed_store() throws SQLException {
    store.close();
    store = JdbcStore.of(postgres.getPostgresDatabase());
    breakLocks();
    store.close();
    assertThatThrownBy(() -> store.claim("x"))
        .isInstanceOf(UnavailableException.class)
        .hasMessage("The store is closed");
    assertThat(holders()).isEmpty();
    JdbcStore.at(url(), USER, USER).close();
  }

  private static void breakLocks() throws SQLException {
    execute("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'");
    Eventually.await("nobody has the lock", () -> holders().isEmpty());
  }

  private void awaitLocks(int locks) {
    Eventually.await(
        () -> {
          write();
          return holders().size() == locks;
        });
  }

  private void awaitRefusal() {
    Eventually.await(
        () -> {
          write();
          return !store.problems().isEmpty();
        });
    assertThatThrownBy(() -> store.claim("x"))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("Another server has used this database");
  }

  private void write() {
    try {
      store.claim("x");
    } catch (UnavailableException e) {
      // The next one may succeed.
    }
  }

  private static void refusesAnotherServer() {
    // One that is not refused must not keep the lock from the tests after it.
    assertThatThrownBy(() -> JdbcStore.at(url(), USER, USER).close())
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("Another server uses this database");
  }

  /** Returns the database's processes that have a lock. */
  private static List<Integer> holders() {
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("SELECT pid FROM pg_locks WHERE locktype = 'advisory'")) {
      List<Integer> holders = new ArrayList<>();
      while (row.next()) {
        holders.add(row.getInt(1));
      }
      return holders;
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void nobody_there_is_reported_without_the_password() {
    assertThatThrownBy(() -> JdbcStore.at("jdbc:postgresql://127.0.0.1:1/x", USER, "geheim"))
        .isInstanceOf(UnavailableException.class)
        .hasMessageNotContaining("geheim");
  }

  @Test
  void tables_of_a_newer_version_are_refused() throws SQLException {
    store.close();
    execute("INSERT INTO agentstream_schema VALUES (1000, 0)");
    assertThatThrownBy(() -> JdbcStore.at(url(), USER, USER))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("version 1000");
  }
}
