package io.kadb.format.avro;

import com.fasterxml.jackson.databind.JsonNode;
import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import io.kadb.format.FormatOptions;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A schema registry as one statement sees it. Safe for several threads.
 *
 * <p>The schema of an id never changes, so schemas are kept for all statements that ask the same
 * registry with the same login. That an id is unknown is kept only as long as the statement.
 */
public final class SchemaRegistry {
  private static final int MAX_REGISTRIES = 64;
  private static final int MAX_SCHEMAS = 1000;
  private static final int MAX_REFERENCES = 1000;

  private static final Map<Key, Map<Integer, Schema>> KNOWN = RecentlyUsed.map(MAX_REGISTRIES);

  private final RegistryOptions options;
  private final Map<Integer, Schema> schemas;
  private final Map<Integer, KadbException> unknown = new ConcurrentHashMap<>();
  private @Nullable HttpClient client;

  /** Who asks whom; who asks is a digest of all that a login consists of. */
  private record Key(List<URI> addresses, String login) {}

  private SchemaRegistry(RegistryOptions options) {
    this.options = options;
    this.schemas =
        KNOWN.computeIfAbsent(
            new Key(options.addresses(), options.loginDigest()),
            key -> RecentlyUsed.map(MAX_SCHEMAS));
  }

  /**
   * Returns the registry that options name; it is asked when the first schema is wanted.
   *
   * @throws KadbException HV002 if {@code schema_registry_url} is missing, HV024 for a wrong value
   */
  public static SchemaRegistry of(FormatOptions options) {
    return new SchemaRegistry(RegistryOptions.of(options));
  }

  /**
   * Returns the schema of an id.
   *
   * @throws KadbException 22P04 if there is none or it is none of Avro; 08001, 28000, 42501 or
   *     HV024 if the registry does not answer
   */
  Schema schema(int id) {
    Schema known = schemas.get(id);
    if (known != null) {
      return known;
    }
    KadbException refusal = unknown.get(id);
    if (refusal != null) {
      throw refusal;
    }
    try {
      Schema fetched = fetch(id);
      schemas.put(id, fetched);
      return fetched;
    } catch (KadbException e) {
      if (e.code() == ErrorCode.BAD_MESSAGE_FORMAT) {
        unknown.put(id, e);
      }
      throw e;
    }
  }

  private Schema fetch(int id) {
    RegistryCall call = new RegistryCall(client(), options);
    JsonNode answer =
        call.get("/schemas/ids/" + id)
            .orElseThrow(
                () ->
                    new KadbException(
                            ErrorCode.BAD_MESSAGE_FORMAT,
                            "found schema id "
                                + id
                                + ", wanted one that the schema registry at "
                                + options.addresses().get(0)
                                + " knows")
                        .withHint("check schema_registry_url, or who wrote the message"));
    String type = answer.path("schemaType").asText("AVRO");
    if (!type.equals("AVRO")) {
      throw new KadbException(
          ErrorCode.BAD_MESSAGE_FORMAT,
          "schema " + id + " is of type " + KadbException.shown(type) + ", wanted AVRO");
    }
    List<String> texts = new ArrayList<>();
    addReferences(call, answer, new HashSet<>(), texts);
    return SchemaText.parse(text(answer), texts);
  }

  private synchronized HttpClient client() {
    HttpClient made = client;
    if (made == null) {
      made = RegistryCall.client(options);
      client = made;
    }
    return made;
  }

  /** Adds the texts of the schemas that one refers to, each after those it refers to itself. */
  private static void addReferences(
      RegistryCall call, JsonNode answer, Set<String> seen, List<String> texts) {
    for (JsonNode reference : answer.path("references")) {
      String subject = reference.path("subject").asText();
      String path =
          "/subjects/"
              + URLEncoder.encode(subject, StandardCharsets.UTF_8).replace("+", "%20")
              + "/versions/"
              + reference.path("version").asInt();
      if (!seen.add(path)) {
        continue;
      }
      if (seen.size() > MAX_REFERENCES) {
        throw new KadbException(
            ErrorCode.BAD_MESSAGE_FORMAT,
            "the schema refers to more than " + MAX_REFERENCES + " others");
      }
      JsonNode referred =
          call.get(path)
              .orElseThrow(
                  () ->
                      new KadbException(
                          ErrorCode.BAD_MESSAGE_FORMAT,
                          "the schema refers to "
                              + KadbException.shown(path)
                              + ", which the schema registry does not know"));
      addReferences(call, referred, seen, texts);
      texts.add(text(referred));
    }
  }

  private static String text(JsonNode answer) {
    JsonNode schema = answer.path("schema");
    if (!schema.isTextual()) {
      throw new KadbException(
          ErrorCode.BAD_OPTION_VALUE, "option schema_registry_url: the answer has no schema in it");
    }
    return schema.asText();
  }
}
