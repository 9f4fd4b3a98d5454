CREATE SEQUENCE kadb.load_ids;

-- one row for each partition that an INSERT INTO pg.… SELECT read, written in its transaction
CREATE TABLE kadb.loads (
  load_id BIGINT NOT NULL,
  ftoid OID NOT NULL,
  table_schema TEXT NOT NULL,
  table_name TEXT NOT NULL,
  target TEXT NOT NULL,
  prt INTEGER NOT NULL,
  begin_off BIGINT NOT NULL,
  end_off BIGINT NOT NULL,
  row_count BIGINT NOT NULL,
  reject_count BIGINT NOT NULL,
  byte_count BIGINT NOT NULL,
  started_at TIMESTAMPTZ NOT NULL,
  finished_at TIMESTAMPTZ NOT NULL,
  outcome TEXT NOT NULL,
  PRIMARY KEY (load_id, ftoid, prt)
);
