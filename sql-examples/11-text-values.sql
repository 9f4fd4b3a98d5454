-- Text: the whole value of a message is one value of the column's type, whatever type it is.
-- The messages are the lines and files in messages/temperatures.
CREATE SCHEMA IF NOT EXISTS examples;
SET search_path = 'examples';
DROP SERVER IF EXISTS examples CASCADE;
CREATE SERVER examples FOREIGN DATA WRAPPER kadb_fdw
  OPTIONS (k_brokers '${env:KADB_BROKERS}', k_consumer_group 'examples',
           k_seg_batch '100', k_timeout_ms '30000', k_stop_at_end 'true');
CREATE FOREIGN TABLE temperatures (celsius DOUBLE PRECISION)
  SERVER examples OPTIONS (k_topic 'temperatures', format 'text');

-- A message without a value is a row with NULL.
SET kadb.scan_mode = 'snapshot';
SELECT _offset, celsius, _tombstone FROM temperatures ORDER BY _offset;
SELECT count(*) AS messages, count(celsius) AS readings FROM temperatures;

-- The same messages as what they are: nothing is trimmed.
CREATE FOREIGN TABLE temperature_texts (line TEXT)
  SERVER examples OPTIONS (k_topic 'temperatures', format 'text');
SELECT _offset, '[' || line || ']' AS line FROM temperature_texts ORDER BY _offset;
