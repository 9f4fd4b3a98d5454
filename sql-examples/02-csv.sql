-- CSV with types: each field is read as PostgreSQL would read it.
CREATE SCHEMA IF NOT EXISTS examples;
SET search_path = 'examples';
DROP SERVER IF EXISTS examples CASCADE;
CREATE SERVER examples FOREIGN DATA WRAPPER kadb_fdw
  OPTIONS (k_brokers '${env:KADB_BROKERS}', k_consumer_group 'examples',
           k_seg_batch '100000', k_timeout_ms '30000', k_stop_at_end 'true');
CREATE FOREIGN TABLE weather (location TEXT, day DATE, precipitation NUMERIC(5,1),
                              temp_max NUMERIC(4,1), temp_min NUMERIC(4,1), wind NUMERIC(4,1), kind TEXT)
  SERVER examples OPTIONS (k_topic 'weather', format 'csv');
CREATE FOREIGN TABLE airports (iata VARCHAR(4), name TEXT, city TEXT, state TEXT, country TEXT,
                               latitude DOUBLE PRECISION, longitude DOUBLE PRECISION)
  SERVER examples OPTIONS (k_topic 'airports', format 'csv');

SET kadb.scan_mode = 'snapshot';

SELECT location, count(*) AS days, min(day) AS first_day, max(day) AS last_day,
       sum(precipitation) AS rain, min(temp_min) AS coldest, max(temp_max) AS warmest
FROM weather GROUP BY location ORDER BY location;

SELECT kind, count(*) AS days FROM weather WHERE day BETWEEN DATE '2012-12-01' AND DATE '2012-12-31'
GROUP BY kind ORDER BY days DESC, kind;

-- A delimiter in quotes belongs to the field.
SELECT iata, name, latitude, longitude FROM airports WHERE name LIKE '%, %' ORDER BY iata;

-- Two topics in one statement.
SELECT w.location, w.warmest, count(*) AS airports
FROM (SELECT location, max(temp_max) AS warmest FROM weather GROUP BY location) w
JOIN airports a ON a.city = w.location
GROUP BY w.location, w.warmest ORDER BY w.location;
