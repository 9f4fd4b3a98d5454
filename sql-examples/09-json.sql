-- JSON: a message is one object, several objects one after the other, or an array of objects.
-- The messages are the files in messages/signups.
CREATE SCHEMA IF NOT EXISTS examples;
SET search_path = 'examples';
DROP SERVER IF EXISTS examples CASCADE;
CREATE SERVER examples FOREIGN DATA WRAPPER kadb_fdw
  OPTIONS (k_brokers '${env:KADB_BROKERS}', k_consumer_group 'examples',
           k_seg_batch '100', k_timeout_ms '30000', k_stop_at_end 'true');
CREATE FOREIGN TABLE signups (
  id        INTEGER,                                       -- the field of that name
  name      TEXT DEFAULT 'unknown',                        -- DEFAULT if it is missing, NULL if it is null
  credit    NUMERIC,                                       -- exact, to the last digit
  city      TEXT             OPTIONS (path '/address/city'),
  latitude  DOUBLE PRECISION OPTIONS (path '/address/geo/0'),
  first_tag TEXT             OPTIONS (path '/tags/0'),
  tags      JSONB,                                         -- a part of the document as it is
  message   JSON             OPTIONS (path ''))            -- all of it
SERVER examples OPTIONS (k_topic 'signups', format 'json');

SET kadb.scan_mode = 'snapshot';
SELECT _offset, _row, id, name, credit, city, latitude FROM signups ORDER BY id;

-- Objects and arrays keep their text, which the functions of SQL take apart.
SELECT id, first_tag, tags FROM signups ORDER BY id;
SELECT id, JSON_VALUE(message, 'lax $.address.geo[1]') AS longitude FROM signups
WHERE JSON_EXISTS(message, 'lax $.address.geo') ORDER BY id;
