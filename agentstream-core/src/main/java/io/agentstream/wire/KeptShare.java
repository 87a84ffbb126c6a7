package io.agentstream.wire;

import io.agentstream.event.Author;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A link as it is kept. Times are milliseconds since the epoch.
 *
 * @param id the link's id
 * @param access the rights that it gives
 * @param digest a digest of its token, from which the token cannot be found
 * @param expiresAt when it ends; null for never
 * @param visits how often somebody has joined by it
 * @param visitors who came last, newest first
 */
public record KeptShare(
    String id,
    ShareAccess access,
    String digest,
    long createdAt,
    @Nullable Long expiresAt,
    long visits,
    List<Visitor> visitors) {

  private static final int MAX_VISITORS = 50;

  /** Copies {@code visitors}. */
  public KeptShare {
    visitors = List.copyOf(visitors);
  }

  /** Somebody who came by the link at a time. */
  public record Visitor(Author author, long at) {}

  /** Returns true if the link gives rights at this time. */
  public boolean isValid(Instant now) {
    return expiresAt == null || now.toEpochMilli() < expiresAt;
  }

  /** Returns the same link after one more visit. Only a person with a name is remembered. */
  public KeptShare visited(Visitor visitor) {
    Author author = visitor.author();
    List<Visitor> others =
        visitors.stream().filter(known -> !isSame(known.author(), author)).toList();
    List<Visitor> all =
        author.name() == null
            ? visitors
            : Stream.concat(Stream.of(visitor), others.stream()).limit(MAX_VISITORS).toList();
    return new KeptShare(id, access, digest, createdAt, expiresAt, visits + 1, all);
  }

  /** An anonymous viewer has another id on each connection. */
  private static boolean isSame(Author one, Author other) {
    if (one.verified() != other.verified()) {
      return false;
    }
    return one.verified()
        ? one.id().equals(other.id())
        : String.valueOf(one.name()).equals(other.name());
  }

  /** Returns the link without its digest, for those who may share the conversation. */
  public Share shown() {
    return new Share(
        id,
        access,
        Instant.ofEpochMilli(createdAt),
        expiresAt == null ? null : Instant.ofEpochMilli(expiresAt),
        visits,
        visitors.stream()
            .map(v -> new ShareVisitor(v.author(), Instant.ofEpochMilli(v.at())))
            .toList());
  }

  /** Returns a text without the digest. */
  @Override
  public String toString() {
    return "KeptShare[" + id + ", " + access + "]";
  }
}
