/**
 * Values as they travel, mostly as PostgreSQL's text, and what the getters and setters of JDBC make
 * of them. May import {@code error}.
 */
package io.kadb.driver.value;
