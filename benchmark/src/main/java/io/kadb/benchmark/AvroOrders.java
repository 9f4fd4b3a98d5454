package io.kadb.benchmark;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;

/** Orders as Avro's object container files, uncompressed. */
final class AvroOrders {
  private static final Schema SCHEMA =
      new Schema.Parser()
          .parse(
              """
              {"type":"record","name":"Order","fields":[
                {"name":"id","type":"long"},
                {"name":"customer","type":"string"},
                {"name":"quantity","type":"int"},
                {"name":"weight","type":"double"},
                {"name":"ordered","type":{"type":"long","logicalType":"timestamp-micros"}},
                {"name":"paid","type":"boolean"},
                {"name":"note","type":"string"},
                {"name":"amount","type":
                  {"type":"bytes","logicalType":"decimal","precision":10,"scale":2}}]}
              """);

  private AvroOrders() {}

  static byte[] container(List<Order> orders) {
    ByteArrayOutputStream file = new ByteArrayOutputStream(512);
    try (DataFileWriter<GenericRecord> writer =
        new DataFileWriter<>(new GenericDatumWriter<GenericRecord>(SCHEMA))) {
      writer.create(SCHEMA, file);
      for (Order order : orders) {
        writer.append(datum(order));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file.toByteArray();
  }

  private static GenericRecord datum(Order order) {
    GenericRecord datum = new GenericData.Record(SCHEMA);
    datum.put("id", order.id());
    datum.put("customer", order.customer());
    datum.put("quantity", order.quantity());
    datum.put("weight", order.weight());
    datum.put("ordered", order.orderedMicros());
    datum.put("paid", order.paid());
    datum.put("note", order.note());
    datum.put("amount", ByteBuffer.wrap(BigInteger.valueOf(order.amountCents()).toByteArray()));
    return datum;
  }
}
