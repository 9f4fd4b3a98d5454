-- The target of 13-rejects.sql, made in PostgreSQL itself.
DROP TABLE IF EXISTS public.orders_loaded;
CREATE TABLE public.orders_loaded (id INTEGER PRIMARY KEY, customer TEXT, quantity NUMERIC, amount NUMERIC(8,2));
