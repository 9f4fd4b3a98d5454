-- CSV as it comes: each message is a small file with a first line to skip, quotes, blanks and gaps.
-- The messages are the files in messages/stock.
CREATE SCHEMA IF NOT EXISTS examples;
SET search_path = 'examples';
DROP SERVER IF EXISTS examples CASCADE;
CREATE SERVER examples FOREIGN DATA WRAPPER kadb_fdw
  OPTIONS (k_brokers '${env:KADB_BROKERS}', k_consumer_group 'examples',
           k_seg_batch '100', k_timeout_ms '30000', k_stop_at_end 'true');
CREATE FOREIGN TABLE stock (sku TEXT, item TEXT, quantity INTEGER, counted_on DATE DEFAULT '1970-01-01')
  SERVER examples OPTIONS (k_topic 'stock', format 'csv', csv_ignore_header 'true', csv_null 'unknown');

-- One message gives several rows; _row counts them. An empty field is NULL, and so is csv_null;
-- a field that is missing is the column's DEFAULT, or NULL.
SET kadb.scan_mode = 'snapshot';
SELECT _offset, _row, sku, item, quantity, counted_on FROM stock ORDER BY _offset, _row;

-- Blanks around a field are no part of it, unless you say so: then a quote behind a blank is a character
-- like any other, and the comma between such quotes parts two fields.
CREATE FOREIGN TABLE stock_with_blanks (sku TEXT, item TEXT, rest TEXT, quantity TEXT, counted_on TEXT)
  SERVER examples OPTIONS (k_topic 'stock', format 'csv', csv_ignore_header 'true',
                           csv_attribute_trim_whitespace 'false');
SELECT item, rest, quantity FROM stock_with_blanks WHERE _offset = 1 AND _row = 0;

-- Strict: fields that are missing are an error. A message is a unit, so all of its rows are refused;
-- here they are put aside instead of failing the statement (13-rejects.sql has more of that).
SET kadb.scan_mode = 'consume';
ALTER FOREIGN TABLE stock OPTIONS (ADD csv_strict 'true', ADD k_on_error 'reject');
SELECT _offset, sku, item FROM stock ORDER BY _offset, _row;
SELECT off, sqlstate, reason FROM kadb.rejects WHERE ftoid = 'examples.stock'::regclass::oid;
