package io.agentstream.internal;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.type.TypeFactory;
import com.fasterxml.jackson.databind.util.LRUMap;
import com.fasterxml.jackson.databind.util.LookupCache;

/**
 * Makes type factories for Jackson mappers. Jackson's default factory is one for the whole JVM and
 * remembers the classes that it has seen. Where Jackson belongs to a web server and this library to
 * a web application, it would keep the application's class loader after the application is gone.
 */
public final class JacksonTypes {

  /** As many as Jackson's own cache has. */
  private static final int MOST_REMEMBERED = 200;

  private static final int REMEMBERED_AT_FIRST = 16;

  private JacksonTypes() {}

  /** Returns a factory with a cache of its own, which goes when the mapper goes. */
  public static TypeFactory own() {
    LookupCache<Object, JavaType> cache = new LRUMap<>(REMEMBERED_AT_FIRST, MOST_REMEMBERED);
    return TypeFactory.defaultInstance().withCache(cache);
  }
}
