-- One topic of four partitions, from kadb's foreign table public.orders into Greenplum's table orders.
-- SERVER=kadb is a folder of that name in PXF's servers/ with a jdbc-site.xml; docs/greenplum.md has it.

CREATE TABLE orders (id BIGINT, customer TEXT, amount NUMERIC) DISTRIBUTED BY (id);

CREATE EXTERNAL TABLE orders_kafka (
  id BIGINT, customer TEXT, amount NUMERIC, _partition INTEGER, _offset BIGINT)
LOCATION ('pxf://public.orders?PROFILE=JDBC&SERVER=kadb&PARTITION_BY=_partition:int&RANGE=0:4&INTERVAL=1')
FORMAT 'CUSTOM' (FORMATTER='pxfwritable_import');

SELECT kadb.load_batch('public.orders', 'orders_kafka', 'orders', ARRAY['id', 'customer', 'amount']);
