-- Load a topic into PostgreSQL: rows and offsets in one transaction. The store is that PostgreSQL.
CREATE SCHEMA IF NOT EXISTS examples;
SET search_path = 'examples';
DROP SERVER IF EXISTS examples CASCADE;
CREATE SERVER examples FOREIGN DATA WRAPPER kadb_fdw
  OPTIONS (k_brokers '${env:KADB_BROKERS}', k_consumer_group 'examples',
           k_seg_batch '100000', k_timeout_ms '30000', k_stop_at_end 'true');
CREATE FOREIGN TABLE airports (iata TEXT, name TEXT, city TEXT, state TEXT, country TEXT,
                               latitude DOUBLE PRECISION, longitude DOUBLE PRECISION)
  SERVER examples OPTIONS (k_topic 'airports', format 'csv');

-- A load that is rolled back leaves neither rows nor offsets.
BEGIN;
INSERT INTO pg.public.airports_loaded
  SELECT iata, name, latitude, _partition, _offset FROM airports;
SELECT count(*) AS rows_inside FROM pg.public.airports_loaded;
ROLLBACK;
SELECT count(*) AS rows_after FROM pg.public.airports_loaded;
SELECT count(*) AS offsets_after FROM kadb.offsets WHERE ftoid = 'examples.airports'::regclass::oid;

-- A load that is committed, here by autocommit.
INSERT INTO pg.public.airports_loaded
  SELECT iata, name, latitude, _partition, _offset FROM airports;
SELECT count(*) AS rows_loaded FROM pg.public.airports_loaded;

-- In each partition the stored offset is the one after the last row.
SELECT l.prt, count(*) AS rows_loaded, max(l.off) AS last_offset, min(o.off) AS next_offset
FROM pg.public.airports_loaded l
JOIN kadb.offsets o ON o.prt = l.prt AND o.ftoid = 'examples.airports'::regclass::oid
GROUP BY l.prt ORDER BY l.prt;

-- Loading again finds nothing new.
INSERT INTO pg.public.airports_loaded
  SELECT iata, name, latitude, _partition, _offset FROM airports;
SELECT count(*) AS rows_loaded FROM pg.public.airports_loaded;
