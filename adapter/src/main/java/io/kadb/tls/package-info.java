/** Keys as files hold them, for whoever connects by TLS. Imports nothing of kadb. */
@NullMarked
package io.kadb.tls;

import org.jspecify.annotations.NullMarked;
