package io.agentstream.jdbc;

import java.util.Locale;

/** The databases that are supported, and how their SQL differs. */
enum Product {
  H2("CHARACTER LARGE OBJECT"),
  POSTGRESQL("TEXT");

  private final String text;

  Product(String text) {
    this.text = text;
  }

  /**
   * Returns the database that calls itself by this name.
   *
   * @throws IllegalArgumentException if it is none of them
   */
  static Product named(String name) {
    for (Product product : values()) {
      if (product.name().equals(name.toUpperCase(Locale.ROOT))) {
        return product;
      }
    }
    throw new IllegalArgumentException(
        "A store needs H2 or PostgreSQL, and this database is " + name);
  }

  /** Returns the statement with the column types of this database. */
  String sql(String statement) {
    return statement.replace("${text}", text);
  }
}
