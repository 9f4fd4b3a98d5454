package io.kadb.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.testing.KafkaTest;
import io.kadb.testing.Secured;
import io.kadb.testing.TestClients;
import java.sql.SQLException;
import java.util.List;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Logins with a token. The brokers of this test take tokens that nobody signed. */
@KafkaTest(
    secured = Secured.TOKEN,
    server = {
      "authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer",
      "super.users=User:ANONYMOUS"
    })
class TokenLoginIT extends SecuredFixture {
  private static final String SASL = "\"#security.protocol\" 'SASL_PLAINTEXT'";

  private static String tokenOf(String user) {
    return option(
        "#sasl.jaas.config",
        "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required"
            + " unsecuredLoginStringClaim_sub=\""
            + user
            + "\";");
  }

  private void allowReading(String user) {
    TestClients.await(
        kafka
            .clients()
            .admin()
            .createAcls(
                List.of(
                    new AclBinding(
                        new ResourcePattern(ResourceType.TOPIC, topic.name(), PatternType.LITERAL),
                        new AccessControlEntry(
                            "User:" + user, "*", AclOperation.READ, AclPermissionType.ALLOW))))
            .all());
  }

  @ParameterizedTest
  @ValueSource(strings = {"sasl.mechanism", "sasl.mechanisms"})
  void readsAsTheSubjectOfTheToken(String mechanism) throws SQLException {
    allowReading("token-user");

    assertThat(read(SASL, option("#" + mechanism, "OAUTHBEARER"), tokenOf("token-user")))
        .containsExactly(MESSAGE);
  }

  @Test
  void isNobodyElseThanTheSubjectOfTheToken() throws SQLException {
    allowReading("token-user");

    refused("42501", SASL, option("#sasl.mechanism", "OAUTHBEARER"), tokenOf("other-user"));
  }
}
