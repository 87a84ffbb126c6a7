CREATE TABLE IF NOT EXISTS agentstream_shares (
  conversation_id VARCHAR(64) NOT NULL PRIMARY KEY
    REFERENCES agentstream_conversation (id) ON DELETE CASCADE,
  version BIGINT NOT NULL,
  document ${text} NOT NULL
);
