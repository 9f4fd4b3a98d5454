-- Parallel readers: a condition on _partition splits a table into statements for several sessions.
CREATE SCHEMA IF NOT EXISTS examples;
SET search_path = 'examples';
DROP SERVER IF EXISTS examples CASCADE;
CREATE SERVER examples FOREIGN DATA WRAPPER kadb_fdw
  OPTIONS (k_brokers '${env:KADB_BROKERS}', k_consumer_group 'examples',
           k_seg_batch '100000', k_timeout_ms '30000', k_stop_at_end 'true');
CREATE FOREIGN TABLE airports (iata TEXT, name TEXT, city TEXT, state TEXT, country TEXT,
                               latitude DOUBLE PRECISION, longitude DOUBLE PRECISION)
  SERVER examples OPTIONS (k_topic 'airports', format 'csv');

-- The first session reads and moves its own partitions only.
SELECT _partition, count(*) AS messages FROM airports WHERE _partition >= 0 AND _partition < 2
GROUP BY _partition ORDER BY _partition;
SELECT prt, off FROM kadb.offsets WHERE ftoid = 'examples.airports'::regclass::oid ORDER BY prt;

-- So does the second one.
SELECT _partition, count(*) AS messages FROM airports WHERE _partition >= 2 AND _partition < 4
GROUP BY _partition ORDER BY _partition;
SELECT prt, off FROM kadb.offsets WHERE ftoid = 'examples.airports'::regclass::oid ORDER BY prt;

-- Partitions that do not exist give no rows and no error.
SELECT count(*) AS messages FROM airports WHERE _partition < 0 OR _partition >= 4;

-- Nothing is left.
SELECT count(*) AS messages FROM airports;
