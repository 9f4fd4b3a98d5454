package io.kadb.server.remote;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.avatica.proto.Requests;
import org.apache.calcite.avatica.remote.Service;
import org.apache.calcite.avatica.remote.TypedValue;

/** The parameters of a batch, which each of the two forms of messages holds in its own way. */
final class BatchRows {
  private BatchRows() {}

  /** Returns the parameters of each run of a batch. */
  static List<List<TypedValue>> of(Service.ExecuteBatchRequest request) {
    if (!request.hasProtoUpdateBatches()) {
      return request.parameterValues;
    }
    List<List<TypedValue>> rows = new ArrayList<>();
    for (Requests.UpdateBatch batch : request.getProtoUpdateBatches()) {
      rows.add(batch.getParameterValuesList().stream().map(TypedValue::fromProto).toList());
    }
    return rows;
  }
}
