CREATE TABLE kadb_offsets (
  ftoid INTEGER NOT NULL,
  prt INTEGER NOT NULL,
  off INTEGER,
  PRIMARY KEY (ftoid, prt)
) STRICT, WITHOUT ROWID;

CREATE TABLE kadb_schemas (
  schema_name TEXT PRIMARY KEY NOT NULL
) STRICT;

INSERT INTO kadb_schemas VALUES ('public');

-- options: a JSON object in the order given
CREATE TABLE kadb_servers (
  server_name TEXT PRIMARY KEY NOT NULL,
  server_type TEXT,
  server_version TEXT,
  options TEXT NOT NULL
) STRICT;

-- columns: a JSON array
CREATE TABLE kadb_foreign_tables (
  ftoid INTEGER PRIMARY KEY,
  table_schema TEXT NOT NULL,
  table_name TEXT NOT NULL,
  server_name TEXT NOT NULL,
  columns TEXT NOT NULL,
  options TEXT NOT NULL
) STRICT;

-- one row: what changes with every change of a definition, and the least OID not yet given
CREATE TABLE kadb_catalog_state (
  id INTEGER PRIMARY KEY,
  version INTEGER NOT NULL,
  next_ftoid INTEGER NOT NULL
) STRICT;

INSERT INTO kadb_catalog_state VALUES (1, 1, 0);

-- applied_at: seconds since 1970
CREATE TABLE kadb_migrations (
  version INTEGER PRIMARY KEY,
  applied_at INTEGER NOT NULL DEFAULT (unixepoch())
) STRICT;
