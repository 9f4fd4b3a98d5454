-- message_timestamp, rejected_at: milliseconds since 1970; no number is given twice
CREATE TABLE kadb_rejects (
  reject_id INTEGER PRIMARY KEY AUTOINCREMENT,
  ftoid INTEGER NOT NULL,
  topic TEXT NOT NULL,
  prt INTEGER NOT NULL,
  off INTEGER NOT NULL,
  message_timestamp INTEGER,
  message_key BLOB,
  message_value BLOB,
  column_name TEXT,
  sqlstate TEXT NOT NULL,
  reason TEXT NOT NULL,
  rejected_at INTEGER NOT NULL,
  timestamp_type TEXT NOT NULL,
  timestamp_ms INTEGER,
  message_headers TEXT NOT NULL
) STRICT;
