-- Exactly-once loads of Kafka topics through PXF, inside Greenplum's own transaction.
-- Run it once in the database that is kadb's store: psql -f install.sql
-- Needs nothing newer than PL/pgSQL of PostgreSQL 9.4.

CREATE OR REPLACE FUNCTION kadb.load_batch(
  ftable TEXT,      -- the foreign table's name as kadb knows it: public.orders
  source TEXT,      -- the external table that reads it in mode peek, with columns _partition and _offset
  target TEXT,      -- the table to load
  columns TEXT[]    -- the columns to copy; both tables have them by these names
) RETURNS BIGINT AS $kadb$
DECLARE
  oid_of_table OID;
  names TEXT;
  reached RECORD;
  expected BIGINT;
  changed BIGINT;
  loaded BIGINT;
BEGIN
  SELECT f.ftoid INTO oid_of_table
    FROM kadb.foreign_tables f
   WHERE f.table_schema || '.' || f.table_name = ftable;
  IF oid_of_table IS NULL THEN
    RAISE EXCEPTION 'foreign table % is not in kadb.foreign_tables', ftable USING ERRCODE = '42P01';
  END IF;

  -- What the batch starts from, as this transaction sees it before it reads.
  CREATE TEMPORARY TABLE kadb_expected ON COMMIT DROP AS
    SELECT o.prt, o.off FROM kadb.offsets o WHERE o.ftoid = oid_of_table;

  -- The batch, read once: an external table gives other messages when it is read again.
  SELECT string_agg(quote_ident(c), ', ') INTO names FROM unnest(columns) AS c;
  EXECUTE format(
    'CREATE TEMPORARY TABLE kadb_batch ON COMMIT DROP AS SELECT %s, _partition, _offset FROM %s',
    names, source);

  FOR reached IN EXECUTE
    'SELECT _partition AS prt, min(_offset) AS first, max(_offset) + 1 AS next
       FROM kadb_batch GROUP BY _partition ORDER BY _partition'
  LOOP
    SELECT e.off INTO expected FROM kadb_expected e WHERE e.prt = reached.prt;
    IF expected IS NULL THEN
      -- A partition without a stored offset. Another session that stores one at the same time makes this fail.
      INSERT INTO kadb.offsets (ftoid, prt, off) VALUES (oid_of_table, reached.prt, reached.next);
    ELSE
      IF reached.first < expected THEN
        RAISE EXCEPTION 'partition % of % was read from offset %, wanted % or later',
          reached.prt, ftable, reached.first, expected USING ERRCODE = '40001';
      END IF;
      UPDATE kadb.offsets SET off = reached.next
       WHERE ftoid = oid_of_table AND prt = reached.prt AND off = expected;
      GET DIAGNOSTICS changed = ROW_COUNT;
      IF changed <> 1 THEN
        RAISE EXCEPTION 'the offset of partition % of % was moved by another session', reached.prt, ftable
          USING ERRCODE = '40001', HINT = 'run kadb.load_batch again';
      END IF;
    END IF;
  END LOOP;

  EXECUTE format('INSERT INTO %s (%s) SELECT %s FROM kadb_batch', target, names, names);
  GET DIAGNOSTICS loaded = ROW_COUNT;
  DROP TABLE kadb_batch;
  DROP TABLE kadb_expected;
  RETURN loaded;
END;
$kadb$ LANGUAGE plpgsql;
