CREATE SEQUENCE kadb.reject_ids;

-- message_timestamp: timestamp_ms, or NULL where that is beyond any date
-- messages that could not be turned into rows, written in the transaction that moved the offsets past them
CREATE TABLE kadb.rejects (
  reject_id BIGINT NOT NULL,
  ftoid OID NOT NULL,
  topic TEXT NOT NULL,
  prt INTEGER NOT NULL,
  off BIGINT NOT NULL,
  message_timestamp TIMESTAMPTZ,
  message_key BYTEA,
  message_value BYTEA,
  column_name TEXT,
  sqlstate TEXT NOT NULL,
  reason TEXT NOT NULL,
  rejected_at TIMESTAMPTZ NOT NULL,
  timestamp_type TEXT NOT NULL,
  timestamp_ms BIGINT,
  message_headers TEXT NOT NULL,
  PRIMARY KEY (reject_id)
);
