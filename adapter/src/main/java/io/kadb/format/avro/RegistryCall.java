package io.kadb.format.avro;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Questions to a schema registry that belong together: one limit of time for all. An address that
 * does not answer, or not as a registry's, hands the question to the next.
 */
final class RegistryCall {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int NOT_FOUND = 404;
  private static final int REQUEST_TIMEOUT = 408;
  private static final int TOO_MANY_REQUESTS = 429;

  /** The first and the last of a registry's own codes for what it does not know. */
  private static final int NO_SUCH_SUBJECT = 40401;

  private static final int NO_SUCH_SCHEMA = 40403;

  private final HttpClient client;
  private final RegistryOptions options;
  private final long deadlineNanos;

  RegistryCall(HttpClient client, RegistryOptions options) {
    this.client = client;
    this.options = options;
    this.deadlineNanos = System.nanoTime() + options.patience().toNanos();
  }

  /**
   * Makes the client that questions go through.
   *
   * @throws KadbException HV024 if a certificate cannot be read
   */
  static HttpClient client(RegistryOptions options) {
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            // Credentials must not travel on to another address.
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(options.patience());
    boolean https = options.addresses().stream().anyMatch(a -> a.getScheme().equals("https"));
    if (https) {
      builder.sslContext(options.tls().context());
    }
    return builder.build();
  }

  /**
   * Asks one question.
   *
   * @param path what to ask for, below the registry's address
   * @return the answer, or empty if there is no such thing
   * @throws KadbException 08001 if no address answers, 28000 or 42501 if the user may not ask,
   *     HV024 if the answer is none of a schema registry, 57014 if the thread is interrupted
   */
  Optional<JsonNode> get(String path) {
    KadbException last = null;
    int untried = options.addresses().size();
    for (URI address : options.addresses()) {
      URI uri = URI.create(address + path);
      try {
        // One that hangs leaves the others their share of the time.
        HttpResponse<byte[]> response = send(uri, untried--);
        int status = response.statusCode();
        if (status == NOT_FOUND) {
          if (saysThatThereIsNone(response.body())) {
            return Optional.empty();
          }
          last = noRegistry(uri, status);
          continue;
        }
        if (status < 500 && status != REQUEST_TIMEOUT && status != TOO_MANY_REQUESTS) {
          return Optional.of(answer(uri, status, response.body()));
        }
        last = unreachable(uri, "it answers with HTTP status " + status, null);
      } catch (IOException e) {
        last = unreachable(uri, reason(e), e);
        if (e instanceof SSLException) {
          last =
              last.withHint(
                  "schema_registry_ssl_ca_location says who vouches for the registry,"
                      + " schema_registry_ssl_certificate_location what kadb shows to it");
        }
      } catch (TimeoutException e) {
        last = unreachable(uri, "no answer within " + shown(options.patience()), null);
      }
    }
    throw Objects.requireNonNull(last);
  }

  private HttpResponse<byte[]> send(URI uri, int shares) throws IOException, TimeoutException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .header("Accept", "application/vnd.schemaregistry.v1+json, application/json");
    options.user().ifPresent(user -> request.header("Authorization", basic(user)));
    long left = Math.max(deadlineNanos - System.nanoTime(), 0) / shares;
    CompletableFuture<HttpResponse<byte[]>> response =
        client.sendAsync(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    try {
      return response.get(left, TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException cause) {
        throw cause;
      }
      throw new IOException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KadbException(ErrorCode.CANCELLED, "cancelled while the schema registry was asked");
    } finally {
      response.cancel(true);
    }
  }

  private String basic(String user) {
    String both = user + ":" + options.password().orElse("");
    return "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8));
  }

  private JsonNode answer(URI uri, int status, byte[] body) {
    if (status == 401) {
      throw new KadbException(
              ErrorCode.AUTHENTICATION_FAILED,
              "the schema registry at " + uri + " refuses the login")
          .withHint("check schema_registry_user and schema_registry_password");
    }
    if (status == 403) {
      throw new KadbException(
          ErrorCode.NOT_AUTHORIZED, "the schema registry at " + uri + " refuses access");
    }
    if (status == 200) {
      try {
        JsonNode answer = JSON.readTree(body);
        if (answer != null && answer.isObject()) {
          return answer;
        }
      } catch (IOException e) {
        // Told below.
      }
    }
    throw noRegistry(uri, status);
  }

  /**
   * Returns whether the body of an answer 404 is a registry's word that it knows no such subject,
   * version or schema. Anything else is a wrong address.
   */
  private static boolean saysThatThereIsNone(byte[] body) {
    try {
      JsonNode answer = JSON.readTree(body);
      int code = answer == null ? 0 : answer.path("error_code").asInt();
      return code >= NO_SUCH_SUBJECT && code <= NO_SUCH_SCHEMA;
    } catch (IOException e) {
      return false;
    }
  }

  private static KadbException noRegistry(URI uri, int status) {
    return new KadbException(
            ErrorCode.BAD_OPTION_VALUE,
            "option schema_registry_url: "
                + uri
                + " does not answer as a schema registry does (HTTP status "
                + status
                + ")")
        .withHint("the address often ends in a path, such as /apis/ccompat/v7");
  }

  private static KadbException unreachable(URI uri, String why, @Nullable Exception cause) {
    return new KadbException(
            ErrorCode.BROKERS_UNREACHABLE,
            "the schema registry at " + uri + " cannot be reached: " + why,
            cause)
        .withHint("check schema_registry_url; k_latency_ms bounds how long kadb waits");
  }

  private static String reason(Exception e) {
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : KadbException.shown(message);
  }

  private static String shown(Duration time) {
    return time.toMillis() + " ms";
  }
}
