-- Messages that cannot be turned into rows: put them aside, repair the definition, load them after all.
-- The messages are the lines in messages/order_feed.
CREATE SCHEMA IF NOT EXISTS examples;
SET search_path = 'examples';
DROP SERVER IF EXISTS examples CASCADE;
CREATE SERVER examples FOREIGN DATA WRAPPER kadb_fdw
  OPTIONS (k_brokers '${env:KADB_BROKERS}', k_consumer_group 'examples',
           k_seg_batch '100', k_timeout_ms '30000', k_stop_at_end 'true');

-- Without k_on_error one wrong message fails the statement. With it, no more than half of the messages
-- that a statement reads may be wrong: then it fails all the same, and nothing moves.
CREATE FOREIGN TABLE order_feed (id INTEGER, customer TEXT, quantity INTEGER, amount NUMERIC(8,2))
  SERVER examples OPTIONS (k_topic 'order_feed', format 'csv', k_on_error 'reject', k_reject_limit '50%');

-- Rows, rejects and offsets are one transaction.
INSERT INTO pg.public.orders_loaded SELECT * FROM order_feed;
SELECT * FROM pg.public.orders_loaded ORDER BY id;
SELECT prt, off FROM kadb.offsets WHERE ftoid = 'examples.order_feed'::regclass::oid;
SELECT off, column_name, sqlstate, reason FROM kadb.rejects
WHERE ftoid = 'examples.order_feed'::regclass::oid ORDER BY off;

-- 'n/a' means NULL, and quantities may be halves.
ALTER FOREIGN TABLE order_feed OPTIONS (ADD csv_null 'n/a');
ALTER FOREIGN TABLE order_feed ALTER COLUMN quantity TYPE NUMERIC;

-- What gives rows now is loaded and leaves kadb.rejects, again in one transaction. The rest stays.
INSERT INTO pg.public.orders_loaded SELECT * FROM kadb.retry_rejects('examples.order_feed');
SELECT * FROM pg.public.orders_loaded ORDER BY id;
SELECT off, column_name, sqlstate, reason FROM kadb.rejects
WHERE ftoid = 'examples.order_feed'::regclass::oid ORDER BY off;

-- What is left, next to the message as text, as long as Kafka has it. (kadb.rejects keeps its bytes.)
CREATE FOREIGN TABLE order_lines (line TEXT)
  SERVER examples OPTIONS (k_topic 'order_feed', format 'text', k_scan_mode 'snapshot');
SELECT r.prt, r.off, m.line FROM kadb.rejects AS r
JOIN order_lines AS m ON m._partition = r.prt AND m._offset = r.off
WHERE r.ftoid = 'examples.order_feed'::regclass::oid;
