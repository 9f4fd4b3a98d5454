-- The life of a table in production: begin where a consumer group stands, read, tell the group.
CREATE SCHEMA IF NOT EXISTS examples;
SET search_path = 'examples';
DROP SERVER IF EXISTS examples CASCADE;
CREATE SERVER examples FOREIGN DATA WRAPPER kadb_fdw
  OPTIONS (k_brokers '${env:KADB_BROKERS}', k_consumer_group 'examples-life-cycle',
           k_timeout_ms '30000', k_stop_at_end 'true', k_segments '3');
CREATE FOREIGN TABLE weather (location TEXT, day DATE, precipitation NUMERIC(5,1),
                              temp_max NUMERIC(4,1), temp_min NUMERIC(4,1), wind NUMERIC(4,1), kind TEXT)
  SERVER examples OPTIONS (k_topic 'weather', format 'csv', k_seg_batch '300');

-- A row of kadb.offsets for each partition that Kafka has.
INSERT INTO kadb.offsets SELECT * FROM kadb.load_partitions('examples.weather');
SELECT prt, off FROM kadb.offsets WHERE ftoid = 'examples.weather'::regclass::oid ORDER BY prt;

-- The group has committed nothing yet: notices say so, and the offsets stay.
SELECT kadb.offsets_to_committed('examples.weather');

-- A batch, and the group is told how far it went.
SELECT count(*) AS messages FROM weather;
SELECT kadb.commit_offsets('examples.weather');
SELECT prt, stored_off, committed_off, lag FROM kadb.lag WHERE ftoid = 'examples.weather'::regclass::oid ORDER BY prt;

-- Another batch that nobody shall remember: back to where the group stands.
SELECT count(*) AS messages FROM weather;
SELECT kadb.offsets_to_committed('examples.weather');
SELECT prt, off FROM kadb.offsets WHERE ftoid = 'examples.weather'::regclass::oid ORDER BY prt;
