import { X509Certificate } from 'node:crypto';

/*
 * Client certificates, which API Gateway has verified before anybody is asked.
 */

/** {subject, issuer, serial, certificate}, texts as headers carry them. pem: the certificate. */
function readCertificate(pem) {
  const { issuer, serialNumber, subject } = new X509Certificate(pem);
  return {
    subject: distinguishedName(subject),
    issuer: distinguishedName(issuer),
    serial: serialNumber,
    certificate: encodeURIComponent(pem),
  };
}

/**
 * RFC 4514 of what Node prints: a line for each relative name, the most general one first, special characters escaped.
 * Bytes beyond ASCII are escaped as OpenSSL does for RFC 2253.
 */
function distinguishedName(lines) {
  return lines
    .split('\n')
    .reverse()
    .map((line) => line.replaceAll(' + ', '+'))
    .join(',')
    .replace(/[^\x00-\x7f]/gu, (character) =>
      Buffer.from(character).toString('hex').toUpperCase().replace(/../g, '\\$&'),
    );
}

PARTS.certificates = { readCertificate };
