-- A look at the new messages only; peek shows the next batch without taking it.
SET kadb.scan_mode = 'peek';

SELECT country, count(*) AS new_airports FROM airports GROUP BY country ORDER BY 2 DESC, 1;

SET kadb.scan_mode = 'consume';

-- The same statement as before takes them, and only them.
INSERT INTO pg.public.airports SELECT * FROM airports;

-- Rows in PostgreSQL and offsets agree again.
SELECT (SELECT count(*) FROM pg.public.airports) AS rows_loaded,
       (SELECT sum(off) FROM kadb.offsets WHERE ftoid = 'public.airports'::regclass::oid) AS messages_read;
