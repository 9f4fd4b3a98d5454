/** The one way in which this driver makes SQLExceptions. Imports nothing of the driver. */
package io.kadb.driver.error;
