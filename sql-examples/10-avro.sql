-- Avro: a message is a whole container file with its own schema, which may differ from message to message.
-- The messages are the files in messages/trips: two trips of the first year, one of the second, when
-- fields had come and gone.
CREATE SCHEMA IF NOT EXISTS examples;
SET search_path = 'examples';
DROP SERVER IF EXISTS examples CASCADE;
CREATE SERVER examples FOREIGN DATA WRAPPER kadb_fdw
  OPTIONS (k_brokers '${env:KADB_BROKERS}', k_consumer_group 'examples',
           k_seg_batch '100', k_timeout_ms '30000', k_stop_at_end 'true', k_scan_mode 'snapshot');

-- By position: the first column takes the first field. Further fields do not matter.
CREATE FOREIGN TABLE trip_ids (id BIGINT, vehicle TEXT)
  SERVER examples OPTIONS (k_topic 'trips', format 'avro');
SELECT _offset, _row, id, vehicle FROM trip_ids ORDER BY id;

-- By name: a field that a message does not have is DEFAULT or NULL. What a number means is said by the
-- schema's logical types; kadb takes them at the type and at the field (billed_on).
CREATE FOREIGN TABLE trips (
  id         BIGINT,
  vehicle    TEXT,            -- an enum
  price      NUMERIC,         -- bytes, a decimal with 2 digits behind the point, or with 3
  started_at TIMESTAMP,       -- a long, microseconds or milliseconds
  billed_on  DATE,            -- an int
  paused     INTERVAL,        -- 12 bytes, a duration
  km         REAL DEFAULT 0,
  remark     TEXT,            -- a union of null and string
  stops      JSON)            -- an array of records
SERVER examples OPTIONS (k_topic 'trips', format 'avro', avro_match 'name');
SELECT id, vehicle, price, CAST(started_at AS VARCHAR) AS started_at, billed_on, paused, km FROM trips ORDER BY id;
SELECT id, remark, stops FROM trips ORDER BY id;

-- By a schema of your own: Avro's rules make each record one of these, with aliases, defaults and
-- promotions. So the remark of the first year is the note of the second.
CREATE FOREIGN TABLE trip_notes (id DOUBLE PRECISION, note TEXT, km REAL)
  SERVER examples OPTIONS (k_topic 'trips', format 'avro', avro_schema '
    {"type": "record", "name": "Trip", "fields": [
      {"name": "id", "type": "double"},
      {"name": "note", "aliases": ["remark"], "type": ["null", "string"]},
      {"name": "km", "type": "float", "default": -1}]}');
SELECT id, note, km FROM trip_notes ORDER BY id;

-- Bare records, without the container around them: the table says the schema they were written with.
CREATE FOREIGN TABLE trips_raw (id BIGINT, vehicle TEXT, price NUMERIC, started_at TIMESTAMP, billed_on DATE)
  SERVER examples OPTIONS (k_topic 'trips_raw', format 'avro_raw', avro_schema '
    {"type": "record", "name": "Trip", "fields": [
      {"name": "id", "type": "long"},
      {"name": "vehicle", "type": {"type": "enum", "name": "Vehicle", "symbols": ["BIKE", "CAR"]}},
      {"name": "price", "type": {"type": "bytes", "logicalType": "decimal", "precision": 9, "scale": 2}},
      {"name": "started_at", "type": {"type": "long", "logicalType": "timestamp-micros"}},
      {"name": "billed_on", "type": "int", "logicalType": "date"},
      {"name": "stops", "type": {"type": "array", "items":
        {"type": "record", "name": "Stop", "fields": [
          {"name": "lat", "type": "double"}, {"name": "lon", "type": "double"}]}}},
      {"name": "remark", "type": ["null", "string"]}]}');
SELECT id, vehicle, price, billed_on FROM trips_raw;
