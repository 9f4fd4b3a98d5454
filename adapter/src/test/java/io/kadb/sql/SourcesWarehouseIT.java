package io.kadb.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** Loads that store where a message stood and what came with it. */
class SourcesWarehouseIT extends WarehouseFixture {
  @Test
  void positionAndKeyAreLoadedWithTheRowsOfEachMessage() throws SQLException {
    postgres.execute(
        "DROP TABLE IF EXISTS loaded",
        "CREATE TABLE loaded (id int, k text, prt int, off bigint, at timestamptz, body jsonb)");
    table(
        "j (id int, k text OPTIONS (source 'key'), prt int OPTIONS (source 'partition'),"
            + " off bigint OPTIONS (source 'offset'), at timestamptz OPTIONS (source 'timestamp'),"
            + " body jsonb OPTIONS (path ''))",
        topic,
        "format 'json'");
    storeOffset("j", 0, 2);
    storeOffset("j", 1, 1);
    byte[] key = {'k'};
    byte[] value = "[{\"id\":1},{\"id\":2,\"x\":[1.50]}]".getBytes(StandardCharsets.UTF_8);
    topic.send(List.of(new ProducerRecord<>(topic.name(), 1, 1_709_210_096_789L, key, value)));

    assertThat(sql.update("INSERT INTO pg.public.loaded SELECT * FROM j")).isEqualTo(2);

    assertThat(
            postgres.queryText(
                "SELECT string_agg(concat_ws('|', id, k, prt, off, at AT TIME ZONE 'UTC', body),"
                    + " ';' ORDER BY id) FROM loaded"))
        .isEqualTo(
            "1|k|1|1|2024-02-29 12:34:56.789|{\"id\": 1};"
                + "2|k|1|1|2024-02-29 12:34:56.789|{\"x\": [1.50], \"id\": 2}");
    assertThat(offsets("j")).containsExactly("0|2", "1|2");
  }
}
