package io.kadb.format.avro;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import io.kadb.format.MessageLimits;
import io.kadb.format.RowArrays;
import io.kadb.format.RowShape;
import io.kadb.format.WantedColumn;
import io.kadb.type.ColumnType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Resolver;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Makes the plans of one decoder: one for each schema that its messages are written with. How a
 * writer's schema resolves to the reader's is Avro's own to say; where there is no reader's schema
 * the writer's stands for it.
 */
final class PlanMaker {
  private final RowShape shape;
  private final AvroOptions options;
  private final MessageLimits limits;
  private final List<WantedColumn> wanted;

  /** Whether the one column takes the whole record. */
  private final boolean whole;

  /**
   * Creates a maker; a default that is no value of its column is an error of its type.
   *
   * @throws KadbException HV004 if a column takes the whole record and is not alone
   */
  PlanMaker(RowShape shape, AvroOptions options, MessageLimits limits) {
    this.shape = shape;
    this.options = options;
    this.limits = limits;
    this.wanted = WantedColumn.of(shape);
    this.whole = isWhole(shape);
  }

  private static boolean isWhole(RowShape shape) {
    List<RowShape.ValueColumn> placed =
        shape.columns().stream().filter(column -> column.path().isPresent()).toList();
    if (placed.isEmpty()) {
      return false;
    }
    if (shape.columns().size() > 1) {
      throw new KadbException(
              ErrorCode.COLUMNS_DO_NOT_SUIT_FORMAT,
              "option path of a column of Avro wants it to be the only column, found "
                  + shape.columns().size())
          .withHint("leave out the path: the column takes one field then")
          .inColumn(placed.get(0).name());
    }
    return true;
  }

  /**
   * Returns the plan for records of a schema.
   *
   * @throws KadbException 22P04 if it is not one of records, does not resolve, or has fewer fields
   *     than there are columns
   */
  RecordPlan plan(Schema writer) {
    Resolver.Action action = resolve(writer, options.readerSchema().orElse(writer));
    if (!(action instanceof Resolver.RecordAdjust record)) {
      throw new KadbException(
              ErrorCode.BAD_MESSAGE_FORMAT,
              "found Avro " + writer.getType().getName() + ", wanted a record")
          .withHint("the fields of the record become columns");
    }
    Skipper.Maker skippers = new Skipper.Maker();
    ColumnReaders readers = new ColumnReaders(skippers, options.jsonBytes(), limits);
    List<RecordPlan.Step> steps =
        whole ? wholeSteps(record, skippers, readers) : steps(record, skippers, readers);
    return new RecordPlan(steps, new RowArrays(shape), readers);
  }

  private List<RecordPlan.Step> wholeSteps(
      Resolver.RecordAdjust record, Skipper.Maker skippers, ColumnReaders readers) {
    List<RecordPlan.Step> steps = new ArrayList<>();
    for (WantedColumn column : wanted) {
      ColumnType type = shape.columns().get(column.position()).type();
      steps.add(new RecordPlan.Step(column, readers.of(column, type, record, Attributes.NONE)));
    }
    if (steps.isEmpty()) {
      addSkip(steps, skippers, new ArrayList<>(List.of(record.writer)));
    }
    return steps;
  }

  private List<RecordPlan.Step> steps(
      Resolver.RecordAdjust record, Skipper.Maker skippers, ColumnReaders readers) {
    Map<String, WantedColumn> byField = columnsByField(record.reader);
    List<RecordPlan.Step> steps = new ArrayList<>();
    List<Schema> passed = new ArrayList<>();
    for (FieldAction field : FieldAction.of(record)) {
      WantedColumn column = field.reader() == null ? null : byField.remove(field.reader().name());
      if (column != null) {
        addSkip(steps, skippers, passed);
        steps.add(new RecordPlan.Step(column, reader(readers, column, field)));
      } else if (field.writer() != null) {
        passed.add(field.writer().schema());
      }
    }
    addSkip(steps, skippers, passed);
    for (WantedColumn column : byField.values()) {
      steps.add(new RecordPlan.Step(column, in -> column.absentValue()));
    }
    return steps;
  }

  private static Resolver.Action resolve(Schema writer, Schema reader) {
    Resolver.Action action;
    try {
      action = Resolver.resolve(Schema.applyAliases(writer, reader), reader);
    } catch (AvroRuntimeException e) {
      throw Unresolved.because(String.valueOf(e.getMessage()));
    }
    // The reader may have a union where the writer has one of its branches.
    if (action instanceof Resolver.ReaderUnion union) {
      action = union.actualAction;
    }
    if (action instanceof Resolver.ErrorAction) {
      throw Unresolved.because(action);
    }
    return action;
  }

  /** Returns the wanted columns by the reader's field they take; others by a name no field has. */
  private Map<String, WantedColumn> columnsByField(Schema reader) {
    List<Schema.Field> fields = reader.getFields();
    int columns = shape.columns().size();
    if (options.match() == AvroOptions.Match.POSITION && fields.size() < columns) {
      throw new KadbException(
              ErrorCode.BAD_MESSAGE_FORMAT,
              "found a record of "
                  + fields.size()
                  + " fields, wanted at least "
                  + columns
                  + ", one for each column")
          .withHint("avro_match 'name' takes missing fields as NULL or DEFAULT");
    }
    Map<String, WantedColumn> byField = new HashMap<>();
    for (WantedColumn column : wanted) {
      byField.put(
          options.match() == AvroOptions.Match.NAME
              ? column.name()
              : fields.get(column.position()).name(),
          column);
    }
    return byField;
  }

  private ValueReader reader(ColumnReaders readers, WantedColumn column, FieldAction field) {
    ColumnType type = shape.columns().get(column.position()).type();
    Resolver.Action action = field.action();
    if (action != null) {
      return readers.of(column, type, action, field.attributes());
    }
    DefaultValue value =
        new DefaultValue(Objects.requireNonNull(field.reader()), field.defaultValue());
    ValueReader reader = readers.of(column, type, value.action(), value.attributes());
    return new Constant(reader, value);
  }

  private static void addSkip(
      List<RecordPlan.Step> steps, Skipper.Maker skippers, List<Schema> passed) {
    if (passed.isEmpty()) {
      return;
    }
    Skipper skipper = skippers.all(List.copyOf(passed));
    passed.clear();
    steps.add(
        new RecordPlan.Step(
            null,
            in -> {
              skipper.skip(in);
              return null;
            }));
  }

  /** A default, read when the first record needs it, so that an error names a message. */
  private static final class Constant implements ValueReader {
    private final ValueReader reader;
    private final DefaultValue bytes;
    private @Nullable Object value;
    private boolean known;

    Constant(ValueReader reader, DefaultValue bytes) {
      this.reader = reader;
      this.bytes = bytes;
    }

    @Override
    public @Nullable Object read(AvroInput in) {
      if (!known) {
        value = reader.read(bytes.input());
        known = true;
      }
      return value;
    }
  }
}
