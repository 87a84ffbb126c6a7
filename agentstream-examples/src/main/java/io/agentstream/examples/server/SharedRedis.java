package io.agentstream.examples.server;

import io.agentstream.examples.config.ConfigException;
import io.agentstream.examples.config.RedisSpec;
import io.agentstream.examples.config.ServerConfig;
import io.agentstream.journal.UnavailableException;
import io.agentstream.redis.RedisBackplane;
import io.agentstream.redis.RedisSettings;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/** Connects to the Redis that servers share. */
final class SharedRedis {

  private SharedRedis() {}

  /**
   * Returns null if the configuration names no Redis.
   *
   * @throws ConfigException if there is no Redis at that URL; the message omits the password
   */
  static @Nullable RedisBackplane connect(ServerConfig config) throws ConfigException {
    RedisSpec redis = config.redis();
    String url = redis.url();
    if (url == null) {
      return null;
    }
    try {
      return RedisBackplane.connect(
          RedisSettings.at(url)
              .prefix(redis.prefix())
              .lease(redis.lease())
              .holdAfter(redis.holdAfter())
              .limits(config.limits())
              .build());
    } catch (UnavailableException e) {
      throw new ConfigException("--redis: no Redis at " + place(url) + ": " + e.getMessage());
    } catch (IllegalArgumentException e) {
      // Without the reason, which quotes the URL with its password.
      throw new ConfigException("--redis: must be a URL such as redis://localhost:6379");
    }
  }

  private static String place(String url) {
    try {
      URI uri = new URI(url);
      return uri.getScheme()
          + "://"
          + uri.getHost()
          + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
    } catch (URISyntaxException e) {
      return "the given URL";
    }
  }
}
