package io.agentstream.examples.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.agentstream.examples.demo.CompletionServer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The server as its users run it, with a folder that keeps the conversations. */
@Timeout(300)
@ExtendWith(FailureReport.class)
class KeptConversationsIT {

  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final int WRONG_SETTINGS = 2;

  private static CompletionServer model;
  private static Map<String, String> quickModel;

  @TempDir private Path folder;

  @BeforeAll
  static void start() {
    model = CompletionServer.start(new HurriedDemo());
    quickModel = Map.of("OPENAI_BASE_URL", model.baseUrl());
  }

  @AfterAll
  static void stop() {
    model.close();
  }

  @Test
  void a_conversation_is_there_after_the_server_was_stopped_and_started() throws Exception {
    String data = folder.resolve("kept").toString();
    String id;
    JsonNode before;
    try (ServerProcess server = ServerProcess.start(quickModel, "--data", data)) {
      assertThat(server.errors()).contains("Conversations are kept in " + data);
      id = endedConversation(server);
      before = snapshot(server, id);
      ScrapedMetrics metrics = ScrapedMetrics.of(server);
      // The end is shown a little before it is written.
      while (metrics.value("agentstream_store_queued") > 0) {
        metrics = ScrapedMetrics.of(server);
      }
      assertThat(metrics.value("agentstream_store_failures_total")).isZero();
      server.terminate();
      assertThat(server.awaitExit()).isZero();
    }
    try (ServerProcess server = ServerProcess.start(quickModel, "--data", data)) {
      assertThat(snapshot(server, id)).isEqualTo(before);
      RoamingViewer viewer = RoamingViewer.of(CLIENT, server::webSocket, id);
      viewer.await(viewer::isJoined);
      viewer.send("send_message", Map.of("content", "And cake?"));
      // The end may stand in a snapshot: events wait for the reply to the command.
      viewer.await(() -> viewer.said().containsValue("And cake?") && !viewer.ended().isEmpty());
      viewer.close();
      assertThat(snapshot(server, id).path("run").asInt()).isEqualTo(2);
    }
  }

  @Test
  void a_backup_of_a_running_server_is_one_command_and_starts_a_server_of_its_own()
      throws Exception {
    Path data = folder.resolve("kept");
    Path backup = folder.resolve("backup.zip");
    String id;
    String running;
    JsonNode before;
    try (ServerProcess server = ServerProcess.start(Map.of(), "--data", data.toString())) {
      id = endedConversation(server);
      before = snapshot(server, id);
      Viewer other = Viewer.connect(CLIENT, server.webSocket());
      other.send("start_conversation", Map.of("topic", "Coffee?", "max_rounds", 50));
      running = other.first("accepted").join().path("conversation_id").asText();
      ServerProcess command =
          ServerProcess.runToEnd(
              Map.of(), "backup", "--data", data.toString(), "--to", backup.toString());
      assertThat(command.awaitExit()).isZero();
      ServerProcess nowhere =
          ServerProcess.runToEnd(
              Map.of(), "backup", "--data", data.toString(), "--to", folder + "/none/b.zip");
      assertThat(nowhere.awaitExit()).isEqualTo(1);
      assertThat(nowhere.errors()).contains("cannot write").hasLineCount(1);
    }
    Path restored = Files.createDirectory(folder.resolve("restored"));
    try (ZipFile zip = new ZipFile(backup.toFile())) {
      ZipEntry database = zip.getEntry("agentstream.mv.db");
      Files.copy(zip.getInputStream(database), restored.resolve(database.getName()));
    }
    try (ServerProcess server = ServerProcess.start(Map.of(), "--data", restored.toString())) {
      assertThat(snapshot(server, id)).isEqualTo(before);
      assertThat(snapshot(server, running).path("topic").asText()).isEqualTo("Coffee?");
    }
  }

  @Test
  void a_second_server_on_the_same_folder_says_so_in_one_line() {
    try (ServerProcess first = ServerProcess.start(Map.of(), "--data", folder.toString())) {
      ServerProcess second =
          ServerProcess.runToEnd(Map.of(), "--port", "0", "--data", folder.toString());
      assertThat(second.awaitExit()).isEqualTo(WRONG_SETTINGS);
      assertThat(second.errors().strip())
          .isEqualTo(
              "agentstream: --data: Another server has the folder "
                  + folder
                  + " open: stop it, or name another folder");
      assertThat(first.errors()).doesNotContain("ERROR");
    }
  }

  @Test
  void a_server_whose_port_is_taken_leaves_the_conversations_alone() throws Exception {
    String data = folder.resolve("kept").toString();
    String id;
    try (ServerProcess server = ServerProcess.start(Map.of(), "--data", data)) {
      Viewer viewer = Viewer.connect(CLIENT, server.webSocket());
      viewer.send("start_conversation", Map.of("topic", "Tea?"));
      id = viewer.first("accepted").join().path("conversation_id").asText();
      // Closing it kills it.
    }
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      ServerProcess refused = ServerProcess.runToEnd(Map.of(), "--port", port, "--data", data);
      assertThat(refused.awaitExit()).isEqualTo(WRONG_SETTINGS);
      assertThat(refused.errors().strip())
          .startsWith("agentstream: cannot listen on ")
          .hasLineCount(1);
    }
    try (ServerProcess server = ServerProcess.start(Map.of(), "--data", data)) {
      RoamingViewer viewer = RoamingViewer.of(CLIENT, server::webSocket, id);
      // The server may not have woken it yet.
      viewer.await(() -> viewer.epoch() > 1);
      assertThat(viewer.epoch()).isEqualTo(2);
      viewer.close();
    }
  }

  private static String endedConversation(ServerProcess server) {
    Viewer viewer = Viewer.connect(CLIENT, server.webSocket());
    viewer.send(
        "start_conversation", Map.of("topic", "Tea?", "max_rounds", 1, "agents", List.of("Otto")));
    String id = viewer.first("accepted").join().path("conversation_id").asText();
    viewer.first("conversation_ended").join();
    return id;
  }

  private static JsonNode snapshot(ServerProcess server, String id) {
    Viewer viewer = Viewer.connect(CLIENT, server.webSocket());
    viewer.send("join_conversation", Map.of("conversation_id", id));
    return viewer.first("snapshot").join().path("data");
  }
}
