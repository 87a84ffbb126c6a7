package io.agentstream.wire.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.agentstream.event.Author;
import io.agentstream.event.ConversationEnded;
import io.agentstream.event.ConversationUsage;
import io.agentstream.event.EndReason;
import io.agentstream.event.ErrorCode;
import io.agentstream.event.NewMessage;
import io.agentstream.event.TurnFinishReason;
import io.agentstream.event.Usage;
import io.agentstream.settings.Limits;
import io.agentstream.wire.ConversationDocument;
import io.agentstream.wire.ProtocolException;
import io.agentstream.wire.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Documents come back as they were, and nothing else comes in. */
class DocumentJsonTest {

  private static final Limits LIMITS = Limits.defaults();

  private static final String DOCUMENT =
      """
      {"version":1,"conversation_id":"x","topic":"Tea?","agents":["Ann"],\
      "speaker_selection":"round_robin","max_rounds":3,"run":2,"messages":[\
      {"message_id":"m1","role":"user","sender":"user","content":"Tea?","round":0,"run":1,\
      "author":{"id":"u","name":"Eve","verified":true}},\
      {"message_id":"m2","role":"assistant","sender":"Ann","content":"Yes.","round":1,"run":2,\
      "finish_reason":"stop","usage":{"input_tokens":1,"output_tokens":2,"total_tokens":3},\
      "thinking":"Hm","tools":[{"call_id":"c1","name":"add","arguments":"{}","result":"2",\
      "is_error":false}]}],"ended":{"reason":"completed","usage":{"input_tokens":1,\
      "output_tokens":2,"total_tokens":3,"by_agent":{"Ann":{"input_tokens":1,"output_tokens":2,\
      "total_tokens":3}}}}}""";

  private static final String MESSAGE_MORE =
      """
      ,{"message_id":"m3","role":"user","sender":"user","content":"x","round":1,"run":2}],"ended""";

  private static ConversationDocument read(String text) {
    try {
      return DocumentJson.read(text, LIMITS);
    } catch (ProtocolException e) {
      throw new AssertionError(e.reason(), e);
    }
  }

  private static ProtocolException refusal(String text, Limits limits) {
    return catchThrowableOfType(ProtocolException.class, () -> DocumentJson.read(text, limits));
  }

  @Test
  void a_random_document_comes_back_as_it_was_again_and_again() {
    for (long seed = 0; seed < 500; seed++) {
      ConversationDocument first = read(DocumentJson.write(random(new Random(seed))));
      String exported = DocumentJson.write(first);
      assertThat(DocumentJson.write(read(exported))).as("seed %s", seed).isEqualTo(exported);
    }
  }

  @Test
  void all_but_the_id_and_the_authors_stays() {
    for (long seed = 0; seed < 500; seed++) {
      ConversationDocument given = withoutAuthors(random(new Random(seed)));
      assertThat(withoutAuthors(read(DocumentJson.write(given)))).isEqualTo(given);
    }
  }

  @Test
  void nobody_can_pose_as_somebody_whom_the_server_knows() {
    ConversationDocument document = read(DOCUMENT);
    assertThat(document.messages().get(0).message().author())
        .isEqualTo(new Author("imported-1", "Eve (imported)", false));
  }

  @Test
  void two_people_stay_two_and_a_name_stays_one_line() {
    String two =
        DOCUMENT
            .replace("\"Eve\"", "\"Eve:\\nsystem\"")
            .replace("\"ended\":{", "\"ended\":{\"author\":{\"id\":\"v\",\"verified\":false},");
    ConversationDocument document = read(two);
    assertThat(document.messages().get(0).message().author().name())
        .isEqualTo("Eve system (imported)");
    assertThat(document.ended().author()).isEqualTo(new Author("imported-2", null, false));
  }

  @Test
  void halves_of_surrogate_pairs_become_the_replacement_character() {
    ConversationDocument document =
        read(DOCUMENT.replace("Yes.", "a\\ud83db\\ude00\\ud83d\\ude00"));
    assertThat(document.messages().get(1).message().content()).isEqualTo("a\ufffdb\ufffd😀");
  }

  @Test
  void unknown_fields_are_ignored() {
    assertThat(read(DOCUMENT.replace("\"run\":2", "\"run\":2,\"new\":[{\"a\":1}]")))
        .isEqualTo(read(DOCUMENT));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "\"x\"",
        "{",
        "{\"version\":1} x",
        "{\"version\":1,\"version\":1}",
        "{\"version\":1,\"a\":{\"b\":1,\"b\":2}}",
        "{\"version\":1,\"a\":[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]}"
      })
  void what_is_not_one_object_of_json_is_invalid_json(String text) {
    assertThat(refusal(text, LIMITS).code()).isEqualTo(ErrorCode.INVALID_JSON);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "version":1                 | "version":2                    | 'version'
          "version":1                 | "version":"1"                  | 'version'
          "version":1                 | "version":null                 | 'version'
          "version":1,                | ""                             | 'version'
          "topic":"Tea?"              | "topic":" "                    | 'topic'
          "topic":"Tea?"              | "topic":7                      | 'topic'
          "topic":"Tea?",             | ""                             | 'topic'
          "agents":["Ann"]            | "agents":["Ann"],"muted":["Ben"]         | 'muted'
          "agents":["Ann"]            | "agents":["Ann"],"muted":["Ann","Ann"]   | 'muted'
          "agents":["Ann"]            | "agents":["Ann"],"muted":[7]             | 'muted[0]'
          "agents":["Ann"]            | "agents":["Ann"],"muted":"Ann"           | 'muted'
          "agents":["Ann"]            | "agents":["Ann"],"people":["Ben"]        | 'people'
          "agents":["Ann"]            | "agents":["Ann","Ann"]         | 'agents'
          "agents":["Ann"]            | "agents":["System"]            | 'agents[0]'
          "agents":["Ann"]            | "agents":[null]                | 'agents[0]'
          "agents":["Ann"]            | "agents":"Ann"                 | 'agents'
          "max_rounds":3              | "max_rounds":0                 | 'max_rounds'
          "max_rounds":3              | "max_rounds":1.5               | 'max_rounds'
          "max_rounds":3              | "max_rounds":99999999999       | 'max_rounds'
          "max_rounds":3,             | ""                             | 'max_rounds'
          "run":2,"messages"          | "run":1,"messages"             | 'messages[1].run'
          "round":0,"run":1           | "round":0,"run":2,"run":2      | JSON
          "round":1,"run":2           | "round":1,"run":0              | 'messages[1].run'
          "round":1,"run":2           | "round":-1,"run":2             | 'messages[1].round'
          "round":1,"run":2           | "run":2                        | 'messages[1]
          "message_id":"m2"           | "message_id":"m1"              | 'messages[1].message_id'
          "message_id":"m2"           | "message_id":"m\\"2"           | 'messages[1].message_id'
          "message_id":"m2",          | ""                             | 'messages[1].message_id'
          "role":"assistant"          | "role":"system"                | 'messages[1]
          "sender":"user"             | "sender":"System"              | 'messages[0].sender'
          "role":"assistant"          | "role":1                       | 'messages[1]
          "sender":"Ann"              | "sender":"user"                | 'messages[1].sender'
          "sender":"Ann"              | "sender":"A\\nB"               | 'messages[1].sender'
          "content":"Yes."            | "content":null                 | 'messages[1].content'
          "content":"Yes."            | "content":true                 | 'messages[1]
          "content":"Tea?"            | "content":""                   | 'messages[0].content'
          "id":"u"                    | "id":" "                       | 'messages[0]
          "finish_reason":"stop"      | "finish_reason":"why"          | 'messages[1]
          "input_tokens":1,"output_tokens":2,"total_tokens":3},"thinking"  | "input_tokens":-1,"output_tokens":2,"total_tokens":3},"thinking" | 'messages[1].usage.input_tokens'
          "tools":[{"call_id":"c1"    | "tools":[null,{"call_id":"c1"  | 'messages[1].tools[0]'
          "tools":[{"call_id":"c1"    | "tools":[{"call_id":""         | 'messages[1].tools[0].call_id'
          "result":"2",               | ""                             | 'messages[1].tools[0]'
          "messages":[                | "messages":[null,              | 'messages[0]'
          "reason":"completed"        | "reason":"because"             | 'ended.reason'
          "reason":"completed",       | ""                             | 'ended.reason'
          """)
  void what_does_not_fit_is_refused_and_its_place_named(String part, String by, String place) {
    String broken = DOCUMENT.replace(part, by.equals("\"\"") ? "" : by);
    assertThat(broken).isNotEqualTo(DOCUMENT);
    ProtocolException refusal = refusal(broken, LIMITS);
    assertThat(refusal).isNotNull();
    assertThat(refusal.reason()).contains(place);
    assertThat(refusal.code())
        .isEqualTo(place.equals("JSON") ? ErrorCode.INVALID_JSON : ErrorCode.INVALID_FIELD);
  }

  @Test
  void the_limits_of_a_conversation_hold() {
    assertThat(refusal(DOCUMENT, Limits.builder().maxTopicChars(3).build()).code())
        .isEqualTo(ErrorCode.LIMIT_EXCEEDED);
    Limits.Builder small = Limits.builder().maxAgents(1).maxAnswerChars(4).maxToolResultChars(1);
    assertThat(
            refusal(
                    DOCUMENT.replace("],\"ended", MESSAGE_MORE),
                    small.maxConversationMessages(1).build())
                .code())
        .isEqualTo(ErrorCode.LIMIT_EXCEEDED);
    assertThat(refusal(DOCUMENT, small.build())).isNull();
    assertThat(refusal(DOCUMENT, small.maxConversationChars(7).build()).code())
        .isEqualTo(ErrorCode.LIMIT_EXCEEDED);
    assertThat(refusal(DOCUMENT, small.maxConversationChars(8).build())).isNull();
  }

  private static ConversationDocument withoutAuthors(ConversationDocument document) {
    return new ConversationDocument(
        document.version(),
        "",
        document.title(),
        document.topic(),
        document.team(),
        document.agents(),
        document.muted(),
        document.people(),
        document.speakerSelection(),
        document.maxRounds(),
        document.run(),
        document.messages().stream()
            .map(
                message ->
                    new Snapshot.Message(
                        withoutAuthor(message.message()),
                        message.run(),
                        message.finishReason(),
                        message.usage(),
                        message.agentPath(),
                        message.thinking(),
                        message.tools()))
            .toList(),
        document.ended() == null
            ? null
            : new ConversationEnded(
                document.ended().reason(), document.ended().detail(), document.ended().usage()),
        null);
  }

  private static NewMessage withoutAuthor(NewMessage message) {
    return new NewMessage(
        message.messageId(),
        message.role(),
        message.sender(),
        message.content(),
        message.round(),
        null,
        message.queueId());
  }

  private static ConversationDocument random(Random random) {
    List<Snapshot.Message> messages = new ArrayList<>();
    int run = 1;
    for (int i = 1; i <= 1 + random.nextInt(8); i++) {
      run += i > 1 && random.nextInt(4) == 0 ? 1 : 0;
      messages.add(
          i == 1 || random.nextBoolean() ? ofPerson(random, i, run) : ofAgent(random, i, run));
    }
    return new ConversationDocument(
        1,
        "c" + random.nextInt(9),
        random.nextBoolean() ? "Title " + random.nextInt(9) : null,
        text(random),
        random.nextBoolean() ? "team" : null,
        List.of("Ann", "本"),
        random.nextBoolean() ? List.of("本") : null,
        random.nextBoolean() ? List.of("Ann") : null,
        "round_robin",
        1 + random.nextInt(9),
        run,
        messages,
        random.nextBoolean()
            ? null
            : new ConversationEnded(
                oneOf(random, EndReason.values()),
                random.nextBoolean() ? text(random) : null,
                ConversationUsage.of(Map.of("Ann", usage(random)), usage(random)),
                author(random)),
        null);
  }

  private static Snapshot.Message ofPerson(Random random, int number, int run) {
    return new Snapshot.Message(
        new NewMessage(
            "m" + number,
            NewMessage.Role.USER,
            "user",
            text(random),
            random.nextInt(5),
            author(random),
            random.nextBoolean() ? "q1-" + number : null),
        run,
        null,
        null,
        null,
        null,
        null);
  }

  private static Snapshot.Message ofAgent(Random random, int number, int run) {
    boolean called = random.nextBoolean();
    return new Snapshot.Message(
        new NewMessage(
            "m" + number,
            NewMessage.Role.ASSISTANT,
            random.nextBoolean() ? "Ann" : "本",
            random.nextInt(5) == 0 ? "" : text(random),
            random.nextInt(5)),
        run,
        oneOf(random, TurnFinishReason.values()),
        random.nextBoolean() ? usage(random) : null,
        random.nextBoolean() ? List.of("Team", "Ann") : null,
        random.nextBoolean() ? text(random) : null,
        random.nextBoolean()
            ? null
            : List.of(
                new Snapshot.ToolUse(
                    "c" + number, "add", "{", called ? text(random) : null, called ? true : null)));
  }

  private static Author author(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> null;
      case 1 -> new Author("x".repeat(1 + random.nextInt(50)), null, random.nextBoolean());
      default -> new Author("u" + random.nextInt(2), "Name " + text(random), random.nextBoolean());
    };
  }

  private static <T> T oneOf(Random random, T[] values) {
    return List.of(values).get(random.nextInt(values.length));
  }

  private static Usage usage(Random random) {
    return random.nextBoolean()
        ? Usage.counted(random.nextInt(100), random.nextInt(100))
        : Usage.estimated(random.nextInt(100), random.nextInt(100));
  }

  private static String text(Random random) {
    String[] parts = {"Tea", " ", "\"", "\\", "\n", "😀", "茶", "<script>", "\u0000", "\u2028", "a"};
    StringBuilder text = new StringBuilder("x");
    for (int i = random.nextInt(12); i > 0; i--) {
      text.append(parts[random.nextInt(parts.length)]);
    }
    return text.toString();
  }
}
