-- To look around: a snapshot reads whole topics and moves no offsets.
SET kadb.scan_mode = 'snapshot';

-- Messages and where they lie: every table has hidden columns such as _partition and _offset.
SELECT _partition, count(*) AS messages, min(_offset) AS first_offset, max(_offset) AS last_offset
FROM airports GROUP BY _partition ORDER BY _partition;

-- Aggregation over typed columns.
SELECT location, kind, count(*) AS days, min(temp_min) AS coldest, max(temp_max) AS warmest
FROM weather WHERE day >= DATE '2015-01-01' GROUP BY location, kind ORDER BY location, days DESC;

-- Text messages.
SELECT name FROM airport_names WHERE name LIKE 'John F%' ORDER BY name;

-- A topic joined with a table of PostgreSQL: the regions with the most airports.
SELECT s.region, count(*) AS airports
FROM airports a JOIN pg.public.states s ON s.code = a.state
GROUP BY s.region ORDER BY airports DESC;

-- Nothing of this moved an offset.
SELECT * FROM kadb.offsets;
