-- A server says where the brokers are and how to read; a foreign table says what a topic holds.
CREATE SCHEMA IF NOT EXISTS examples;
SET search_path = 'examples';
DROP SERVER IF EXISTS examples CASCADE;
CREATE SERVER examples FOREIGN DATA WRAPPER kadb_fdw
  OPTIONS (k_brokers '${env:KADB_BROKERS}', k_consumer_group 'examples',
           k_seg_batch '100000', k_timeout_ms '30000', k_stop_at_end 'true');

-- Text: one message is one row of one column.
CREATE FOREIGN TABLE airport_names (name TEXT)
  SERVER examples OPTIONS (k_topic 'airport_names', format 'text');

-- A snapshot reads the whole topic and moves no offsets.
SET kadb.scan_mode = 'snapshot';
SELECT count(*) AS messages FROM airport_names;
SELECT name FROM airport_names WHERE name LIKE '%Kennedy%' ORDER BY name;

-- Where the messages lie, and their keys: hidden columns, usable by name.
SELECT _partition, count(*) AS messages, min(_offset) AS first_offset, max(_offset) AS last_offset
FROM airport_names GROUP BY _partition ORDER BY _partition;
SELECT DISTINCT _topic, _timestamp_type FROM airport_names;
SELECT count(*) AS with_key FROM airport_names WHERE _key IS NOT NULL;

-- Nothing was taken.
SELECT count(*) AS stored FROM kadb.offsets WHERE ftoid = 'examples.airport_names'::regclass::oid;
