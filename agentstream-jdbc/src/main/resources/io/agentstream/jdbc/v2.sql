CREATE TABLE IF NOT EXISTS agentstream_definitions (
  user_key VARCHAR(64) NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  document ${text} NOT NULL
);
