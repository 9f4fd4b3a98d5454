package io.kadb.testing;

import io.kadb.broker.BrokerSpec;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests their {@link KafkaCluster}. The shared one ends with the last test of the JVM, an own
 * one with its class.
 */
final class KafkaExtension implements ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(KafkaExtension.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == KafkaCluster.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Optional<ExtensionContext> marked = MarkedClass.find(context, KafkaTest.class);
    if (marked.isPresent()) {
      KafkaTest wish = marked.get().getRequiredTestClass().getAnnotation(KafkaTest.class);
      if (wish.own() || wish.server().length > 0 || wish.secured() != Secured.NOT) {
        return cluster(marked.get(), () -> new ChildKafkaCluster(spec(wish)));
      }
    }
    return cluster(context.getRoot(), KafkaForm::startShared);
  }

  /** The cluster of this level, which JUnit closes at the end of the level. */
  private static KafkaCluster cluster(ExtensionContext level, Supplier<KafkaCluster> start) {
    return level
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(level.getUniqueId(), key -> start.get(), KafkaCluster.class);
  }

  private static BrokerSpec spec(KafkaTest wish) {
    BrokerSpec spec = BrokerSpec.small().withSecurity(wish.secured().listener());
    for (String setting : wish.server()) {
      int equals = setting.indexOf('=');
      if (equals < 1) {
        throw new IllegalArgumentException(
            "@KafkaTest(server): found \"" + setting + "\", wanted name=value");
      }
      spec = spec.with(setting.substring(0, equals), setting.substring(equals + 1));
    }
    return spec;
  }
}
