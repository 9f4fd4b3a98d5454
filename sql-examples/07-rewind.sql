-- Going back in time, to the beginning and to the end.
CREATE SCHEMA IF NOT EXISTS examples;
SET search_path = 'examples';
DROP SERVER IF EXISTS examples CASCADE;
CREATE SERVER examples FOREIGN DATA WRAPPER kadb_fdw
  OPTIONS (k_brokers '${env:KADB_BROKERS}', k_consumer_group 'examples',
           k_timeout_ms '30000', k_stop_at_end 'true', k_segments '3');
CREATE FOREIGN TABLE weather (location TEXT, day DATE, precipitation NUMERIC(5,1),
                              temp_max NUMERIC(4,1), temp_min NUMERIC(4,1), wind NUMERIC(4,1), kind TEXT)
  SERVER examples OPTIONS (k_topic 'weather', format 'csv', k_seg_batch '10000');
SELECT kadb.partitions_obtain('examples.weather');

-- Everything is read.
SELECT count(*) AS messages FROM weather;
SELECT sum(lag) AS lag FROM kadb.lag WHERE ftoid = 'examples.weather'::regclass::oid;

-- What would be the first messages since 2020-01-01 (in milliseconds since 1970)? A look changes nothing.
SELECT prt, off FROM kadb.load_offsets_at_timestamp('examples.weather', 1577836800000) ORDER BY prt;
SELECT sum(lag) AS lag FROM kadb.lag WHERE ftoid = 'examples.weather'::regclass::oid;

-- Read them again.
SELECT kadb.offsets_to_timestamp('examples.weather', 1577836800000);
SELECT count(*) AS messages FROM weather;

-- In a transaction, to try it out.
BEGIN;
CALL kadb.offsets_to_earliest('examples.weather');
SELECT min(_offset) AS first_offset, count(*) AS messages FROM weather;
ROLLBACK;
SELECT sum(lag) AS lag FROM kadb.lag WHERE ftoid = 'examples.weather'::regclass::oid;

-- Skip whatever is there.
CALL kadb.offsets_to_latest('examples.weather');
SELECT count(*) AS messages FROM weather;
