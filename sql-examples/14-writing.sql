-- INSERT into a foreign table writes messages, in the format in which the table is read. The topic has one already.
CREATE SCHEMA IF NOT EXISTS examples;
SET search_path = 'examples';
DROP SERVER IF EXISTS examples CASCADE;
CREATE SERVER examples FOREIGN DATA WRAPPER kadb_fdw
  OPTIONS (k_brokers '${env:KADB_BROKERS}', k_consumer_group 'examples',
           k_seg_batch '100', k_timeout_ms '30000', k_stop_at_end 'true');
CREATE FOREIGN TABLE parcels (
  id   INTEGER NOT NULL,
  city TEXT DEFAULT 'unknown',
  kg   NUMERIC(6,2),
  sender TEXT OPTIONS (source 'header:sender'))
SERVER examples OPTIONS (k_topic 'parcels', format 'json');

-- One message for each row; hidden columns say what it has besides its value.
INSERT INTO parcels VALUES (2, 'Bergen', 0.995, 'shop'), (3, DEFAULT, NULL, NULL);
INSERT INTO parcels (kg, id, _key, _timestamp) VALUES (12, 4, 'Oslo', '2025-03-01 09:30:00.25');

-- In a transaction nobody sees them before COMMIT, and ROLLBACK takes them back.
BEGIN;
INSERT INTO parcels (id) VALUES (98), (99);
ROLLBACK;

-- A message as it is, whatever the format of the table.
SELECT kadb.produce_message('examples.parcels', '{"id":5, "city":"Mo i Rana"}') AS produced;

SET kadb.scan_mode = 'snapshot';
SELECT id, city, kg, sender, _key IS NULL AS keyless FROM parcels ORDER BY id;
SELECT _timestamp, _headers FROM parcels WHERE id = 4;

-- From a topic to a table of another: offsets and messages, at least once.
SET kadb.scan_mode = 'consume';
INSERT INTO parcels (id, city, kg) SELECT id + 10, upper(city), kg * 2 FROM parcels WHERE kg IS NOT NULL;
SELECT id, city, kg FROM parcels ORDER BY id;
