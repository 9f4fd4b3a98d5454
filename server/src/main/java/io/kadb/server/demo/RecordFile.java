package io.kadb.server.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A CSV file of the examples: its records as they stand in the file, without the header. */
public enum RecordFile {
  /** iata, name, city, state, country, latitude, longitude: 3,376 records. */
  AIRPORTS("airports.csv"),
  /** location, date, precipitation, temp_max, temp_min, wind, weather: 2,922 records. */
  WEATHER("weather.csv");

  private static final String FOLDER = "/io/kadb/server/demo/data/";

  private final String file;

  RecordFile(String file) {
    this.file = file;
  }

  /** The records in order, each one line. */
  public List<String> records() throws IOException {
    try (InputStream in = RecordFile.class.getResourceAsStream(FOLDER + file)) {
      if (in == null) {
        throw new IOException("not on the class path: " + FOLDER + file);
      }
      BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      return reader.lines().skip(1).filter(line -> !line.isBlank()).toList();
    }
  }
}
