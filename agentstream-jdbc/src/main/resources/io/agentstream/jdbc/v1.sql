CREATE TABLE IF NOT EXISTS agentstream_conversation (
  id VARCHAR(64) NOT NULL PRIMARY KEY,
  owner_key VARCHAR(64),
  owner_id ${text},
  anonymous BOOLEAN NOT NULL,
  topic ${text} NOT NULL,
  agents ${text} NOT NULL,
  title VARCHAR(1000),
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  request_key VARCHAR(64) UNIQUE,
  epoch BIGINT NOT NULL,
  state VARCHAR(32),
  ended BOOLEAN NOT NULL,
  content ${text},
  definition ${text},
  engine ${text}
);
CREATE INDEX IF NOT EXISTS agentstream_conversation_newest ON agentstream_conversation (created_at DESC, id DESC);
CREATE INDEX IF NOT EXISTS agentstream_conversation_owner
  ON agentstream_conversation (owner_key, created_at DESC, id DESC);
CREATE INDEX IF NOT EXISTS agentstream_conversation_unfinished ON agentstream_conversation (ended, id);
CREATE INDEX IF NOT EXISTS agentstream_conversation_oldest ON agentstream_conversation (ended, changed_at);
CREATE TABLE IF NOT EXISTS agentstream_message (
  conversation_id VARCHAR(64) NOT NULL REFERENCES agentstream_conversation (id) ON DELETE CASCADE,
  place INTEGER NOT NULL,
  message_id VARCHAR(64) NOT NULL,
  said ${text} NOT NULL,
  document ${text} NOT NULL,
  PRIMARY KEY (conversation_id, place)
);
