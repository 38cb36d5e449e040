/*
 * Public keys as SubjectPublicKeyInfo (RFC 5280 §4.1.2.7) in DER: njs 0.7.9 imports them in no other form.
 */

/** AlgorithmIdentifier, complete: RFC 3279 §2.3.1, RFC 5480 §2.1. */
const algorithms = {
  RSA: '300d06092a864886f70d0101010500',
  'P-256': '301306072a8648ce3d020106082a8648ce3d030107',
  'P-384': '301006072a8648ce3d020106052b81040022',
  'P-521': '301006072a8648ce3d020106052b81040023',
};

/** An RSA key of a modulus and an exponent, each big-endian bytes without leading zeros. */
function rsa(modulus, exponent) {
  return publicKey('RSA', sequence([integer(modulus), integer(exponent)]));
}

/** A key on a NIST curve; both coordinates have the curve's size. */
function ec(curve, x, y) {
  return publicKey(curve, Buffer.concat([Buffer.from([4]), x, y]));
}

function publicKey(algorithm, bytes) {
  const bits = element(0x03, Buffer.concat([Buffer.from([0]), bytes]));
  return sequence([Buffer.from(algorithms[algorithm], 'hex'), bits]);
}

/** Positive: a first byte with its highest bit set would make the number negative. */
function integer(bytes) {
  return element(0x02, bytes[0] < 0x80 ? bytes : Buffer.concat([Buffer.from([0]), bytes]));
}

function sequence(parts) {
  return element(0x30, Buffer.concat(parts));
}

/** Tag, length (ITU-T X.690 §8.1.3) and contents; contents are shorter than 65,536 bytes. */
function element(tag, contents) {
  const size = contents.length;
  const high = Math.floor(size / 256);
  const length = size < 128 ? [size] : size < 256 ? [0x81, size] : [0x82, high, size % 256];
  return Buffer.concat([Buffer.from([tag].concat(length)), contents]);
}

export default { rsa, ec };
