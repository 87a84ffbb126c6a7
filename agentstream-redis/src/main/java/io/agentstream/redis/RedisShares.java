package io.agentstream.redis;

import io.agentstream.backplane.KeptDefinitions.Kept;
import io.agentstream.backplane.KeptShares;
import io.lettuce.core.KeyValue;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Keeps the links of a conversation in two fields of its hash, with which they disappear. */
record RedisShares(RedisLink link, Keys keys) implements KeptShares {

  private static final String PROBLEM = "Redis does not give the links";
  private static final String VERSION = "shares_version";
  private static final String DOCUMENT = "shares";

  @Override
  public CompletionStage<Optional<Kept>> of(String conversationId) {
    return link.handOut(
        Answers.orUnavailable(
            PROBLEM,
            link.queries()
                .hmget(keys.conversation(conversationId), VERSION, DOCUMENT)
                .thenApply(fields -> read(conversationId, fields))));
  }

  private static Optional<Kept> read(String conversationId, List<KeyValue<String, String>> fields) {
    String text = fields.get(0).getValueOrElse(null);
    if (text == null) {
      return Optional.empty();
    }
    Long version = Stored.number(text);
    @Nullable String document = fields.get(1).getValueOrElse(null);
    if (version == null || document == null) {
      Stored.logBroken(conversationId, DOCUMENT);
      return Optional.empty();
    }
    return Optional.of(new Kept(version, document));
  }

  @Override
  public CompletionStage<Boolean> keep(String conversationId, long earlier, String document) {
    String[] key = {keys.conversation(conversationId)};
    return link.handOut(
        Answers.orUnavailable(
            PROBLEM,
            Script.SHARES
                .run(
                    link.scripts(),
                    key,
                    Long.toString(earlier),
                    Long.toString(earlier + 1),
                    document)
                .thenApply(result -> result.get(0).equals("ok"))));
  }
}
