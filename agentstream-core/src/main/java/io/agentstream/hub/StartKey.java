package io.agentstream.hub;

import io.agentstream.backplane.StartRequest;
import io.agentstream.chat.ConversationBuilder;
import io.agentstream.event.ErrorCode;
import io.agentstream.identity.User;
import io.agentstream.viewer.internal.Party;
import io.agentstream.wire.ProtocolException;
import io.agentstream.wire.ViewingCommand.StartConversation;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * A start that can be repeated, and what it asks for. The id of its conversation ends with a mark
 * of both, so that every node can tell a repetition from another start with the same key, whatever
 * its directory keeps. The key is the secret of the mark: an id alone tells nothing of the topic.
 */
final class StartKey {

  /** 128 bits in hexadecimal digits, as a UUID or without its hyphens. */
  private static final Pattern RANDOM =
      Pattern.compile("\\p{XDigit}{8}(-?)(\\p{XDigit}{4}\\1){3}\\p{XDigit}{12}");

  /** Fewer than one in ten million random UUIDs has fewer different digits than this. */
  private static final int FEWEST_DIGITS = 8;

  private static final char SEPARATOR = '\n';
  private static final String ALGORITHM = "HmacSHA256";
  private static final int MARK_BYTES = 6;
  private static final int MARK_CHARS = 8;
  private static final int UNMARKED_CHARS = 22;

  private final StartRequest request;
  private final List<@Nullable Object> wanted;

  private StartKey(StartRequest request, List<@Nullable Object> wanted) {
    this.request = request;
    this.wanted = wanted;
  }

  /** Returns the key of a viewer's command, or null if it has none. */
  static @Nullable StartKey of(User user, Party party, StartConversation command) {
    String key = command.requestId();
    if (key == null) {
      return null;
    }
    return new StartKey(
        request(user, party, key),
        Arrays.asList(
            command.topic(),
            command.agents(),
            command.maxRounds(),
            command.speakerSelection(),
            command.team(),
            command.definitions()));
  }

  /** Returns the request that a viewer's key means. */
  static StartRequest request(User user, Party party, String key) {
    return StartRequest.of(user, isGuessable(user, key) ? party.name() + SEPARATOR + key : key);
  }

  /**
   * All anonymous viewers share their keys. One that others could guess repeats a start only within
   * the network that sent it, so that nobody elsewhere opens its conversation.
   */
  private static boolean isGuessable(User user, String key) {
    if (!user.anonymous()) {
      return false;
    }
    Matcher random = RANDOM.matcher(key);
    return !random.find() || random.group().chars().distinct().count() < FEWEST_DIGITS;
  }

  StartRequest request() {
    return request;
  }

  /** Returns a random id for the conversation, with the mark of this start. */
  String newId() {
    String id = ConversationBuilder.newId();
    return id + mark(id);
  }

  /** Returns the id of the request's conversation; fails if another start has begun it. */
  CompletionStage<String> checked(String id) {
    boolean marked = id.length() == UNMARKED_CHARS + MARK_CHARS;
    if (!marked || id.endsWith(mark(id.substring(0, UNMARKED_CHARS)))) {
      return CompletableFuture.completedStage(id);
    }
    return CompletableFuture.failedStage(
        new ProtocolException(
            ErrorCode.INVALID_FIELD,
            "'request_id' (Idempotency-Key) belongs to a start with other data: send a new one.",
            null));
  }

  private String mark(String id) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(request.requestId().getBytes(StandardCharsets.UTF_8), ALGORITHM));
      add(mac, id);
      wanted.forEach(part -> add(mac, part));
      byte[] mark = Arrays.copyOf(mac.doFinal(), MARK_BYTES);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(mark);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has " + ALGORITHM, e);
    }
  }

  /** Adds a part with its length, so that no two starts have the same bytes. */
  private static void add(Mac mac, @Nullable Object part) {
    if (part instanceof List<?> list) {
      mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, list.size()));
      list.forEach(each -> add(mac, each));
      return;
    }
    byte[] bytes = part == null ? null : part.toString().getBytes(StandardCharsets.UTF_8);
    mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes == null ? -1 : bytes.length));
    if (bytes != null) {
      mac.update(bytes);
    }
  }
}
