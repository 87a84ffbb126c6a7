package io.agentstream.redis;

import static io.agentstream.test.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import io.agentstream.chat.Agent;
import io.agentstream.chat.ConversationBuilder;
import io.agentstream.chat.GroupChat;
import io.agentstream.event.ConversationCreated;
import io.agentstream.event.ConversationEnded;
import io.agentstream.event.ConversationUsage;
import io.agentstream.event.EndReason;
import io.agentstream.event.Usage;
import io.agentstream.identity.ConversationInfo;
import io.agentstream.journal.JournalWriter;
import io.agentstream.test.LocalViewer;
import io.agentstream.test.ScriptedCall;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** One conversation cannot be written to Redis, or not be read; the others do not notice. */
@Timeout(180)
class BrokenConversationsTest {

  private RedisProcess redis;
  private TestNode first;
  private TestNode second;

  @BeforeEach
  void start() {
    redis = RedisProcess.start();
    first = new TestNode(redis.url());
    second = new TestNode(redis.url());
  }

  @AfterEach
  void stop() {
    first.close();
    second.close();
    redis.close();
  }

  @Test
  void a_state_that_is_no_json_keeps_neither_its_own_events_nor_others_from_other_nodes()
      throws Exception {
    String id = first.viewer().start("Tea?");
    LocalViewer there = second.viewer().join(id);
    first.model.awaitNext().handler().onCompleteResponse(callOfATool(Map.of("raw", new Object())));
    first.model.awaitNext().tokens("Told").complete();
    there.awaitText("m2", "Told");
    first.model.awaitNext().tokens("More").complete();
    there.awaitText("m3", "More");
    there.awaitEnd();

    String other = first.viewer().start("Cake?");
    LocalViewer otherThere = second.viewer().join(other);
    first.model.awaitNext().tokens("Yes");
    otherThere.awaitText("m2", "Yes");

    first.close();
    second.model.awaitNext().tokens("Again").complete();
    otherThere.awaitText("m2", "Again");
  }

  @Test
  void events_that_cannot_be_written_end_their_conversation_everywhere_and_no_other()
      throws Exception {
    String id = ConversationBuilder.newId();
    JournalWriter writer = open(id);
    LocalViewer there = second.viewer().join(id);
    there.await("snapshot");
    String other = first.viewer().start("Cake?");
    LocalViewer otherThere = second.viewer().join(other);
    ScriptedCall call = first.model.awaitNext();

    writer.append(unwritable());
    assertThat(there.await("error").at("/data/fatal").asBoolean()).isTrue();
    assertThat(there.await("conversation_ended").at("/data/reason").asText()).isEqualTo("failed");
    assertThat(redis.commands().exists("agentstream:{" + id + "}")).isZero();
    call.tokens("Yes").complete();
    otherThere.awaitText("m2", "Yes");
    assertThat(first.hub.health().isHealthy()).isTrue();
  }

  @Test
  void a_conversation_whose_hash_is_broken_ends_and_the_node_goes_on() throws Exception {
    String id = first.viewer().start("Tea?");
    ScriptedCall call = first.model.awaitNext();
    String other = first.viewer().start("Cake?");
    ScriptedCall otherCall = first.model.awaitNext();
    LocalViewer there = second.viewer().join(other);
    LocalViewer here = first.viewer().join(id);
    redis.commands().hset("agentstream:{" + id + "}", "seq", "garbage");
    call.tokens("Lost");
    here.awaitEnd();
    await(call::isHungUp);

    redis.commands().set("agentstream:{" + other + "}", "no hash");
    otherCall.tokens("Lost too");
    first.viewer().start("Coffee?");
    first.model.awaitNext().tokens("Fine");
    await(otherCall::isHungUp);
    assertThat(there.types()).doesNotContain("conversation_paused");
  }

  @Test
  void a_node_whose_writing_thread_is_dead_hands_over_and_says_so() throws Exception {
    String id = first.viewer().start("Tea?");
    LocalViewer there = second.viewer().join(id);
    ScriptedCall cut = first.model.awaitNext();
    cut.tokens("Half");
    there.awaitText("m2", "Half");
    assertThat(first.hub.health().isHealthy()).isTrue();

    killWritingThread();
    second.model.awaitNext().tokens("Whole.").complete();
    there.awaitText("m2", "Whole.");
    await(cut::isHungUp);
    assertThat(first.hub.health().problems()).anyMatch(problem -> problem.contains("Redis"));
    assertThat(second.hub.health().isHealthy()).isTrue();
    LocalViewer late = first.viewer();
    late.command("start_conversation", Map.of("topic", "Late?"));
    assertThat(late.await("error").at("/data/code").asText()).isEqualTo("unavailable");
    GroupChat chat =
        GroupChat.builder().participants(Agent.builder("Zoe").model(first.model).build()).build();
    assertThat(first.hub.start(chat, "By code").id()).isNotEmpty();
  }

  /** By an error where the thread says that a write has failed: nothing else ends it. */
  private void killWritingThread() {
    Logger logger = (Logger) LoggerFactory.getLogger(RedisBackplane.class);
    Killer killer = new Killer();
    killer.start();
    logger.addAppender(killer);
    try {
      open(ConversationBuilder.newId()).append(unwritable());
      await(() -> killer.victim != null && !killer.victim.isAlive());
    } finally {
      logger.detachAppender(killer);
    }
  }

  private JournalWriter open(String id) {
    first.redis.ownership().claim(id).toCompletableFuture().join();
    first
        .redis
        .directory()
        .add(new ConversationInfo(id, null, "Tea?", List.of("Ann"), Instant.EPOCH))
        .toCompletableFuture()
        .join();
    JournalWriter writer = first.redis.journal().open(id, 1);
    writer.append(new ConversationCreated(1, "Tea?", List.of("Ann"), "round_robin", 1));
    return writer;
  }

  /** JSON has no key that is null. */
  private static ConversationEnded unwritable() {
    return new ConversationEnded(
        EndReason.STOPPED,
        null,
        new ConversationUsage(0, 0, 0, null, Collections.singletonMap(null, Usage.NONE), null));
  }

  private static ChatResponse callOfATool(Map<String, Object> attributes) {
    ToolExecutionRequest call =
        ToolExecutionRequest.builder().id("c1").name("none").arguments("{}").build();
    return ChatResponse.builder()
        .aiMessage(
            AiMessage.builder().toolExecutionRequests(List.of(call)).attributes(attributes).build())
        .finishReason(FinishReason.TOOL_EXECUTION)
        .build();
  }

  private static final class Killer extends AppenderBase<ILoggingEvent> {
    private volatile Thread victim;

    @Override
    protected void append(ILoggingEvent event) {
      if (Thread.currentThread().getName().equals("agentstream-redis")) {
        victim = Thread.currentThread();
        throw new AssertionError("The disk for the log is full");
      }
    }
  }
}
