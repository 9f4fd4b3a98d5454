/**
 * Requests and answers: HTTP, TLS, logins, JSON, sending again what was lost. <b>The only importer
 * of HTTP and JSON libraries.</b> Knows the messages, not JDBC's objects; may import {@code error}
 * and {@code value}.
 */
package io.kadb.driver.wire;
