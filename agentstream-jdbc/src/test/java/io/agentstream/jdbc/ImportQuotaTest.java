package io.agentstream.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.chat.Agent;
import io.agentstream.hub.ConversationHub;
import io.agentstream.identity.ConversationAccess;
import io.agentstream.settings.Quotas;
import io.agentstream.store.Store;
import io.agentstream.test.LocalViewer;
import io.agentstream.test.ScriptedModel;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The part of the quota of tokens that a document takes. */
@Timeout(300)
class ImportQuotaTest {

  private static final Set<String> REPLIES = Set.of("conversation_imported", "error");
  private static final String SMALL = document("Yes.", "");

  @TempDir private Path folder;

  @Test
  void names_and_ids_of_tools_count_as_plain_text_of_their_size_does() {
    String tools =
        IntStream.range(0, 20)
            .mapToObj(
                number ->
                    "{\"call_id\":\"%s%s\",\"name\":\"%s\",\"arguments\":\"\"}"
                        .formatted("c".repeat(60), number, "n".repeat(200)))
            .collect(Collectors.joining(",", ",\"tools\":[", "]"));
    String ofTools = document("Yes.", tools);
    String ofText = document("x".repeat(ofTools.length() - SMALL.length() + 4), "");
    assertThat(ofText).hasSameSizeAs(ofTools);

    assertThat(importedBeforeTheQuotaEnds(ofText, "text")).isEqualTo(2);
    assertThat(importedBeforeTheQuotaEnds(ofTools, "tools")).isEqualTo(2);
  }

  /** Returns how often it comes in where it costs 3/4 of what strangers have, half of the quota. */
  private int importedBeforeTheQuotaEnds(String document, String name) {
    try (Store store = JdbcStore.inFolder(folder.resolve(name));
        ConversationHub hub =
            ConversationHub.builder()
                .agents(Agent.builder("Ann").model(new ScriptedModel()).build())
                .access(ConversationAccess.everybody())
                .quotas(Quotas.builder().tokensPerDay(document.length() * 2 / 3).build())
                .store(store)
                .build()) {
      for (int imported = 0; imported < 5; imported++) {
        LocalViewer viewer = new LocalViewer(hub);
        viewer.command("import_conversation", Map.of("part", document, "index", 0, "last", true));
        String reply =
            viewer
                .await(frame -> REPLIES.contains(frame.path("type").asText()))
                .path("type")
                .asText();
        if (reply.equals("error")) {
          return imported;
        }
      }
      return 5;
    }
  }

  private static String document(String content, String tools) {
    return """
        {"version":1,"topic":"Tea?","agents":["Ann"],"speaker_selection":"round_robin",\
        "max_rounds":3,"run":1,"messages":[\
        {"message_id":"m1","role":"user","sender":"user","content":"Tea?","round":0,"run":1},\
        {"message_id":"m2","role":"assistant","sender":"Ann","content":"%s","round":1,\
        "run":1%s}]}"""
        .formatted(content, tools);
  }
}
