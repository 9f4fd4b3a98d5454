-- Now to work: a SELECT consumes, as a consumer group would.
SET kadb.scan_mode = 'consume';

-- Load the airports. The rows and the offsets are one transaction in PostgreSQL.
INSERT INTO pg.public.airports SELECT * FROM airports;

-- The next offset of each partition ...
SELECT prt, off FROM kadb.offsets WHERE ftoid = 'public.airports'::regclass::oid ORDER BY prt;

-- ... adds up to the rows in PostgreSQL.
SELECT (SELECT count(*) FROM pg.public.airports) AS rows_loaded,
       (SELECT sum(off) FROM kadb.offsets WHERE ftoid = 'public.airports'::regclass::oid) AS messages_read;

-- Everything is read: the next batch is empty.
SELECT count(*) AS new_messages FROM airports;
