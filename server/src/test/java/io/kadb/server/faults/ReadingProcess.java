package io.kadb.server.faults;

import java.util.ArrayList;
import java.util.List;

/** Readers in a process of their own, to be killed: takes a port, and a word for each task. */
final class ReadingProcess {
  static final String READY = "all readers are there";

  private ReadingProcess() {}

  public static void main(String[] arguments) throws Exception {
    List<StagedReader> readers = new ArrayList<>();
    for (String word : List.of(arguments).subList(1, arguments.length)) {
      readers.add(new StagedReader(StagedReader.Task.of(word), Integer.parseInt(arguments[0])));
    }
    System.out.println(READY);
    int parent = System.in.read();
    System.exit(parent < 0 ? readers.size() : 1);
  }
}
