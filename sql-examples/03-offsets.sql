-- A SELECT takes the next batch; kadb.offsets holds the next offset of each partition.
CREATE SCHEMA IF NOT EXISTS examples;
SET search_path = 'examples';
DROP SERVER IF EXISTS examples CASCADE;
CREATE SERVER examples FOREIGN DATA WRAPPER kadb_fdw
  OPTIONS (k_brokers '${env:KADB_BROKERS}', k_consumer_group 'examples',
           k_timeout_ms '30000', k_stop_at_end 'true', k_segments '3');
CREATE FOREIGN TABLE weather (location TEXT, day DATE, precipitation NUMERIC(5,1),
                              temp_max NUMERIC(4,1), temp_min NUMERIC(4,1), wind NUMERIC(4,1), kind TEXT)
  SERVER examples OPTIONS (k_topic 'weather', format 'csv', k_seg_batch '500');

-- Three segments read one partition each, 500 messages at most.
SELECT count(*) AS messages FROM weather;
SELECT prt, off FROM kadb.offsets WHERE ftoid = 'examples.weather'::regclass::oid ORDER BY prt;

-- A peek shows what comes next and takes nothing.
SET kadb.scan_mode = 'peek';
SELECT count(*) AS messages FROM weather;
SET kadb.scan_mode = 'consume';
SELECT prt, off FROM kadb.offsets WHERE ftoid = 'examples.weather'::regclass::oid ORDER BY prt;

-- Rewind one partition to its beginning, let another skip 400 messages.
UPDATE kadb.offsets SET off = 0 WHERE ftoid = 'examples.weather'::regclass::oid AND prt = 0;
UPDATE kadb.offsets SET off = off + 400 WHERE ftoid = 'examples.weather'::regclass::oid AND prt = 1;
SELECT prt, off FROM kadb.offsets WHERE ftoid = 'examples.weather'::regclass::oid ORDER BY prt;
SELECT _partition, count(*) AS messages, min(_offset) AS first_offset
FROM weather GROUP BY _partition ORDER BY _partition;

-- Forget them all: the next SELECT begins anew.
DELETE FROM kadb.offsets WHERE ftoid = 'examples.weather'::regclass::oid;
SELECT _partition, min(_offset) AS first_offset FROM weather GROUP BY _partition ORDER BY _partition;
