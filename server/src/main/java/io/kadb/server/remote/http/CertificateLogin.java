package io.kadb.server.remote.http;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;

/** The client's certificate, which TLS has checked: the user is its subject's common name. */
final class CertificateLogin implements Login {
  @Override
  public Optional<String> user(Request request, HttpFields.Mutable answer) throws LoginException {
    if (request.getAttribute(EndPoint.SslSessionData.ATTRIBUTE)
            instanceof EndPoint.SslSessionData session
        && session.peerCertificates() != null
        && session.peerCertificates().length > 0) {
      return commonName(session.peerCertificates()[0]);
    }
    return Optional.empty();
  }

  static Optional<String> commonName(X509Certificate certificate) throws LoginException {
    try {
      return new LdapName(certificate.getSubjectX500Principal().getName())
          .getRdns().stream()
              .filter(rdn -> rdn.getType().equalsIgnoreCase("CN"))
              .map(Rdn::getValue)
              .map(Object::toString)
              .findFirst();
    } catch (InvalidNameException e) {
      throw new LoginException("the certificate's subject cannot be read");
    }
  }

  @Override
  public List<String> challenges() {
    return List.of();
  }
}
