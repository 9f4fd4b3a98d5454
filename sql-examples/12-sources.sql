-- Key, headers and position as columns of a table. In messages/payments the key is JSON, the value CSV.
CREATE SCHEMA IF NOT EXISTS examples;
SET search_path = 'examples';
DROP SERVER IF EXISTS examples CASCADE;
CREATE SERVER examples FOREIGN DATA WRAPPER kadb_fdw
  OPTIONS (k_brokers '${env:KADB_BROKERS}', k_consumer_group 'examples',
           k_seg_batch '100', k_timeout_ms '30000', k_stop_at_end 'true');
CREATE FOREIGN TABLE payments (
  id       INTEGER,                                                        -- first field of the value
  customer INTEGER      OPTIONS (source 'key'),                            -- a field of the key
  country  TEXT         OPTIONS (source 'key', path '/shop/country'),      -- a place in the key
  amount   NUMERIC(8,2),                                                   -- second field of the value
  trace    UUID         OPTIONS (source 'header:trace-id'),
  channel  TEXT DEFAULT 'unknown' OPTIONS (source 'header:source'),
  off      BIGINT       OPTIONS (source 'offset'),
  paid_at  TIMESTAMP(3) OPTIONS (source 'timestamp'))
SERVER examples OPTIONS (k_topic 'payments', format 'csv', k_key_format 'json');

-- They are the same in each row of a message; what a message does not have is NULL or DEFAULT.
SET kadb.scan_mode = 'snapshot';
SELECT * FROM payments ORDER BY id;

-- What every table has besides, by its hidden columns: the headers as JSON, the key as bytes.
SELECT _offset, _headers, _key IS NULL AS keyless FROM payments WHERE _row = 0 ORDER BY _offset;
