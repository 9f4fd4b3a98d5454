-- Whose kadb.offsets it is does not matter: an existing one is used as it is.
CREATE TABLE IF NOT EXISTS kadb.offsets (
  ftoid OID,
  prt INTEGER,
  off BIGINT,
  PRIMARY KEY (ftoid, prt)
);

CREATE TABLE kadb.schemas (
  schema_name TEXT PRIMARY KEY
);

INSERT INTO kadb.schemas VALUES ('public');

-- options: a JSON object in the order given
CREATE TABLE kadb.servers (
  server_name TEXT PRIMARY KEY,
  server_type TEXT,
  server_version TEXT,
  options TEXT NOT NULL
);

-- columns: a JSON array; the names are unique because every change locks kadb.catalog_state first
CREATE TABLE kadb.foreign_tables (
  ftoid OID PRIMARY KEY,
  table_schema TEXT NOT NULL,
  table_name TEXT NOT NULL,
  server_name TEXT NOT NULL,
  columns TEXT NOT NULL,
  options TEXT NOT NULL
);

-- one row: what changes with every change of a definition, and the least OID not yet given
CREATE TABLE kadb.catalog_state (
  id INTEGER PRIMARY KEY,
  version BIGINT NOT NULL,
  next_ftoid BIGINT NOT NULL
);

INSERT INTO kadb.catalog_state VALUES (1, 1, 0);

CREATE TABLE kadb.migrations (
  version INTEGER PRIMARY KEY,
  applied_at TIMESTAMPTZ NOT NULL DEFAULT now()
);
