-- The target of 04-load.sql, made in PostgreSQL itself.
DROP TABLE IF EXISTS public.airports_loaded;
CREATE TABLE public.airports_loaded (iata TEXT PRIMARY KEY, name TEXT, latitude NUMERIC(9,6), prt INTEGER, off BIGINT);
