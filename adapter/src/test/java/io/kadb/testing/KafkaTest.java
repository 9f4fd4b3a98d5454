package io.kadb.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Marks a test class whose constructor or methods take a {@link KafkaCluster}: the one all classes
 * share, unless it asks for its own.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ExtendWith(KafkaExtension.class)
public @interface KafkaTest {

  /** Whether the class breaks its cluster and so needs one that nobody shares. */
  boolean own() default false;

  /** Settings of the broker, {@code name=value}; with these the cluster is always an own one. */
  String[] server() default {};

  /** What the cluster asks of its clients; if it asks anything it is always an own one. */
  Secured secured() default Secured.NOT;
}
