package io.kadb.server.remote.http;

import io.kadb.testing.TestKdc;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kerby.kerberos.kerb.KrbException;
import org.apache.kerby.kerberos.kerb.ccache.CredentialCache;
import org.apache.kerby.kerberos.kerb.client.KrbClient;
import org.apache.kerby.kerberos.kerb.crypto.EncryptionHandler;
import org.apache.kerby.kerberos.kerb.keytab.Keytab;
import org.apache.kerby.kerberos.kerb.keytab.KeytabEntry;
import org.apache.kerby.kerberos.kerb.type.KerberosTime;
import org.apache.kerby.kerberos.kerb.type.base.EncryptionType;
import org.apache.kerby.kerberos.kerb.type.base.PrincipalName;
import org.apache.kerby.kerberos.kerb.type.ticket.TgtTicket;

/** What kinit leaves behind, and other files of a user. */
final class TicketCache {
  private static final Pattern PORT = Pattern.compile("kdc = 127\\.0\\.0\\.1:(\\d+)");

  private TicketCache() {}

  /** Writes a cache with a user's ticket. */
  static Path of(String user, Path file) {
    return written(ticket(user), file);
  }

  /** Writes a cache with a ticket whose time is over. */
  static Path expired(String user, Path file) {
    TgtTicket ticket = ticket(user);
    KerberosTime past = new KerberosTime(System.currentTimeMillis() - 3_600_000);
    ticket.getEncKdcRepPart().setEndTime(past);
    return written(ticket, file);
  }

  private static TgtTicket ticket(String user) {
    TestKdc kdc = TestKdc.running();
    try {
      Matcher port = PORT.matcher(Files.readString(kdc.configuration()));
      if (!port.find()) {
        throw new AssertionError("no port");
      }
      KrbClient client = new KrbClient();
      client.setKdcRealm(kdc.principal("").substring(1));
      client.setKdcHost("127.0.0.1");
      client.setAllowUdp(false);
      client.setAllowTcp(true);
      client.setKdcTcpPort(Integer.parseInt(port.group(1)));
      client.init();
      String principal = kdc.principal(user);
      return client.requestTgt(principal, kdc.keytab(principal).toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (KrbException e) {
      throw new AssertionError(e);
    }
  }

  private static Path written(TgtTicket ticket, Path file) {
    try {
      CredentialCache cache = new CredentialCache(ticket);
      cache.setPrimaryPrincipal(ticket.getClientPrincipal());
      cache.store(file.toFile());
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes a keytab with keys that are not the principal's. */
  static Path wrongKeytab(String principal, Path file) {
    try {
      Keytab keytab = new Keytab();
      for (EncryptionType type :
          new EncryptionType[] {
            EncryptionType.AES128_CTS_HMAC_SHA1_96, EncryptionType.AES256_CTS_HMAC_SHA1_96
          }) {
        keytab.addEntry(
            new KeytabEntry(
                new PrincipalName(principal),
                KerberosTime.now(),
                1,
                EncryptionHandler.string2Key(principal, "wrong", type)));
      }
      keytab.store(file.toFile());
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (KrbException e) {
      throw new AssertionError(e);
    }
  }
}
