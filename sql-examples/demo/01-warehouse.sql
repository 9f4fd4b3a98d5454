-- A table that is there already: the states and their census regions.
CREATE TABLE states (code TEXT PRIMARY KEY, region TEXT);

INSERT INTO states SELECT code, region FROM (VALUES
    ('Northeast', 'CT ME MA NH RI VT NJ NY PA'),
    ('Midwest', 'IL IN MI OH WI IA KS MN MO NE ND SD'),
    ('South', 'DE DC FL GA MD NC SC VA WV AL KY MS TN AR LA OK TX'),
    ('West', 'AZ CO ID MT NV NM UT WY AK CA HI OR WA')
  ) AS regions (region, codes), regexp_split_to_table(codes, ' ') AS code;

-- The table to load.
CREATE TABLE airports (iata TEXT, name TEXT, city TEXT, state TEXT, country TEXT,
                       latitude DOUBLE PRECISION, longitude DOUBLE PRECISION);
