-- started_at, finished_at: milliseconds since 1970
CREATE TABLE kadb_loads (
  load_id INTEGER NOT NULL,
  ftoid INTEGER NOT NULL,
  table_schema TEXT NOT NULL,
  table_name TEXT NOT NULL,
  target TEXT NOT NULL,
  prt INTEGER NOT NULL,
  begin_off INTEGER NOT NULL,
  end_off INTEGER NOT NULL,
  row_count INTEGER NOT NULL,
  reject_count INTEGER NOT NULL,
  byte_count INTEGER NOT NULL,
  started_at INTEGER NOT NULL,
  finished_at INTEGER NOT NULL,
  outcome TEXT NOT NULL,
  PRIMARY KEY (load_id, ftoid, prt)
) STRICT, WITHOUT ROWID;
