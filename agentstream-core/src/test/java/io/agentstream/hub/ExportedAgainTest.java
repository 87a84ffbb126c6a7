package io.agentstream.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agentstream.chat.ConversationState;
import io.agentstream.chat.RosterSeat;
import io.agentstream.chat.speaker.Seat;
import io.agentstream.settings.Limits;
import io.agentstream.wire.ConversationDocument;
import io.agentstream.wire.ProtocolException;
import io.agentstream.wire.Snapshot;
import io.agentstream.wire.internal.DocumentJson;
import io.agentstream.wire.internal.ExportedConversation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever was exported is imported, and exported again as it was. */
class ExportedAgainTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void a_random_conversation_is_the_same_after_an_export_an_import_and_an_export() {
    for (long seed = 0; seed < 300; seed++) {
      Snapshot.Content content = new RandomConversation(new Random(seed)).content();
      ConversationDocument first = exported(content, Limits.defaults());
      ImportedConversation imported = imported(first, Limits.defaults());
      ConversationDocument second = exported(imported.content(), Limits.defaults());
      assertThat(kept(second)).as("seed %s", seed).isEqualTo(kept(first));
      ImportedConversation again = imported(second, Limits.defaults());
      assertThat(exported(again.content(), Limits.defaults()))
          .as("seed %s", seed)
          .isEqualTo(second);
    }
  }

  @Test
  void a_document_says_exactly_when_the_server_that_exported_it_would_not_import_it() {
    for (long seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      Limits limits =
          Limits.builder()
              .maxTopicChars(1 + random.nextInt(40))
              .maxConversationMessages(1 + random.nextInt(10))
              .maxConversationChars(1 + random.nextInt(400))
              .maxImportBytes(1_000 + random.nextInt(8_000))
              .maxAgents(2)
              .maxAnswerChars(100)
              .maxToolResultChars(50)
              .build();
      ConversationDocument document = exported(new RandomConversation(random).content(), limits);
      String text = DocumentJson.write(document);
      ProtocolException refusal =
          catchThrowableOfType(ProtocolException.class, () -> DocumentJson.read(text, limits));
      boolean isTooLong = text.getBytes(StandardCharsets.UTF_8).length > limits.maxImportBytes();
      assertThat(document.limitsExceeded() != null)
          .as("seed %s: %s, %s", seed, document.limitsExceeded(), refusal)
          .isEqualTo(refusal != null || isTooLong);
    }
  }

  @Test
  void those_that_are_muted_stay_muted_and_those_that_have_left_stay_away() {
    Snapshot.Content content =
        RandomConversation.with(List.of("Ann", "Cid", "Dora"), List.of("Cid"));
    ConversationState state =
        imported(exported(content, Limits.defaults()), Limits.defaults())
            .state(List.of("Ann", "Ben", "Cid"));
    assertThat(state.roster())
        .containsExactly(
            new RosterSeat("Ann", Seat.Status.ACTIVE, false, null),
            new RosterSeat("Ben", Seat.Status.LEFT, false, null),
            new RosterSeat("Cid", Seat.Status.MUTED, false, null),
            new RosterSeat("Dora", Seat.Status.ACTIVE, true, null));
  }

  @Test
  void a_roster_that_nobody_changed_is_that_of_the_chat() {
    Snapshot.Content content = RandomConversation.with(List.of("Ann", "Ben"), List.of());
    ConversationState state =
        imported(exported(content, Limits.defaults()), Limits.defaults())
            .state(List.of("Ben", "Ann"));
    assertThat(state.roster()).isNull();
  }

  private static ConversationDocument exported(Snapshot.Content content, Limits limits) {
    return ExportedConversation.of("x", "A title", "team", content, limits);
  }

  private static ImportedConversation imported(ConversationDocument document, Limits limits) {
    try {
      String text = DocumentJson.write(document);
      return new ImportedConversation("y", DocumentJson.read(text, limits));
    } catch (ProtocolException e) {
      throw new AssertionError(e.reason(), e);
    }
  }

  /** Returns all of a document but the authors and, of one that an import had to end, the end. */
  private static JsonNode kept(ConversationDocument document) {
    try {
      ObjectNode json = (ObjectNode) JSON.readTree(DocumentJson.write(document));
      json.path("messages").forEach(message -> ((ObjectNode) message).remove("author"));
      if (json.at("/ended/reason").asText("stopped").equals("stopped")) {
        json.remove("ended");
      } else {
        ((ObjectNode) json.path("ended")).remove("author");
      }
      return json;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
