-- Where the broker is, and how to read from it.
CREATE SERVER demo FOREIGN DATA WRAPPER kadb_fdw
  OPTIONS (k_brokers '${brokers}', k_consumer_group 'demo',
           k_seg_batch '100000', k_timeout_ms '30000', k_stop_at_end 'true');

-- A topic of CSV records becomes a table with typed columns.
CREATE FOREIGN TABLE airports (iata TEXT, name TEXT, city TEXT, state TEXT, country TEXT,
                               latitude DOUBLE PRECISION, longitude DOUBLE PRECISION)
  SERVER demo OPTIONS (k_topic 'airports', format 'csv');

-- Another one, with dates.
CREATE FOREIGN TABLE weather (location TEXT, day DATE, precipitation NUMERIC(5,1),
                              temp_max NUMERIC(4,1), temp_min NUMERIC(4,1), wind NUMERIC(4,1), kind TEXT)
  SERVER demo OPTIONS (k_topic 'weather', format 'csv');

-- A topic of plain text: one message is one row of one column.
CREATE FOREIGN TABLE airport_names (name TEXT)
  SERVER demo OPTIONS (k_topic 'airport_names', format 'text');
