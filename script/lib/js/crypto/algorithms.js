// Which algorithms Web Crypto has for which operation, and what each wants to know.
const idl = require('#webidl');
const { domError, dictionary, number, text, buffer, algorithm, bytes8 } = idl;

const octet = number(8), short = number(16), long = number(32);
const name = { key: 'name', kind: text, required: true };
const member = (key, kind, check) => ({ key, kind, check, required: true });
const maybe = (key, kind, check) => ({ key, kind, check });

const curves = ['P-256', 'P-384', 'P-521'];
const curve = (v) => {
  if (!curves.includes(v)) throw domError('Unrecognized namedCurve', 'NotSupportedError');
};
const aesLength = (v) => {
  if (![128, 192, 256].includes(v)) throw domError('AES key length must be 128, 192, or 256 bits', 'OperationError');
};
const macLength = (v) => {
  if (v === 0) throw domError('The operation failed for an operation-specific reason', 'OperationError');
};
const tag = (v) => {
  if (![32, 64, 96, 104, 112, 120, 128].includes(v)) throw domError(v + ' is not a valid AES-GCM tag length', 'OperationError');
};

let keyOf = (v) => v; // replaced by the file that has the class
const key = (v, where) => keyOf(v, where);

const kinds = {
  Algorithm: [name],
  RsaHashedKeyGenParams: [name, member('modulusLength', long), member('publicExponent', bytes8), member('hash', algorithm)],
  RsaHashedImportParams: [name, member('hash', algorithm)],
  RsaPssParams: [name, member('saltLength', long)],
  RsaOaepParams: [name, maybe('label', buffer)],
  EcKeyGenParams: [name, member('namedCurve', text, curve)],
  EcKeyImportParams: [name, member('namedCurve', text, curve)],
  EcdsaParams: [name, member('hash', algorithm)],
  EcdhKeyDeriveParams: [name, member('public', key)],
  HmacKeyGenParams: [name, member('hash', algorithm), maybe('length', long, macLength)],
  HmacImportParams: [name, member('hash', algorithm), maybe('length', long)],
  AesKeyGenParams: [name, member('length', short, aesLength)],
  AesDerivedKeyParams: [name, member('length', short)],
  AesCbcParams: [name, member('iv', buffer)],
  AesCtrParams: [name, member('counter', buffer), member('length', octet)],
  AesGcmParams: [name, member('iv', buffer), maybe('tagLength', octet, tag), maybe('additionalData', buffer)],
  HkdfParams: [name, member('hash', algorithm), member('salt', buffer), member('info', buffer)],
  Pbkdf2Params: [name, member('hash', algorithm), member('iterations', long, (v) => {
    if (v === 0) throw domError('iterations cannot be zero', 'OperationError');
  }), member('salt', buffer)],
};
// Members are read in the order of their names.
for (const k of Object.keys(kinds)) {
  const [first, ...rest] = kinds[k];
  const sorted = rest.sort((a, b) => (a.key < b.key ? -1 : 1));
  kinds[k] = dictionary(k, [first, ...sorted]);
}

const rsa = ['RSASSA-PKCS1-v1_5', 'RSA-PSS', 'RSA-OAEP'];
const ec = ['ECDSA', 'ECDH'];
const okp = ['Ed25519', 'X25519'];
const aes = ['AES-CTR', 'AES-CBC', 'AES-GCM', 'AES-KW'];
const every = (list, kind) => Object.fromEntries(list.map((n) => [n, kind]));
const table = {
  digest: every(['SHA-1', 'SHA-256', 'SHA-384', 'SHA-512'], null),
  generateKey: {
    ...every(rsa, 'RsaHashedKeyGenParams'), ...every(ec, 'EcKeyGenParams'), ...every(okp, null),
    ...every(aes, 'AesKeyGenParams'), HMAC: 'HmacKeyGenParams',
  },
  importKey: {
    ...every(rsa, 'RsaHashedImportParams'), ...every(ec, 'EcKeyImportParams'), ...every(okp, null),
    ...every(aes, null), HMAC: 'HmacImportParams', HKDF: null, PBKDF2: null,
  },
  exportKey: every([...rsa, ...ec, ...okp, ...aes, 'HMAC'], null),
  sign: { 'RSASSA-PKCS1-v1_5': null, 'RSA-PSS': 'RsaPssParams', ECDSA: 'EcdsaParams', Ed25519: null, HMAC: null },
  encrypt: { 'RSA-OAEP': 'RsaOaepParams', 'AES-CBC': 'AesCbcParams', 'AES-GCM': 'AesGcmParams', 'AES-CTR': 'AesCtrParams' },
  deriveBits: { ECDH: 'EcdhKeyDeriveParams', X25519: 'EcdhKeyDeriveParams', HKDF: 'HkdfParams', PBKDF2: 'Pbkdf2Params' },
  'get key length': { ...every(aes, 'AesDerivedKeyParams'), HMAC: 'HmacImportParams', HKDF: null, PBKDF2: null },
  wrapKey: { 'AES-KW': null },
};
table.verify = table.sign;
table.decrypt = table.encrypt;
table.unwrapKey = table.wrapKey;

// normalize reads an algorithm argument for an operation.
function normalize(given, operation) {
  if (typeof given === 'string') return normalize({ name: given }, operation);
  const where = { prefix: 'Failed to normalize algorithm', context: 'passed algorithm' };
  const wanted = kinds.Algorithm(given, where).name.toUpperCase();
  const list = table[operation];
  const found = Object.keys(list).find((n) => n.toUpperCase() === wanted);
  if (!found) {
    if (/^(Ed|X)448$/i.test(wanted)) throw domError(wanted + ' is not supported by posthaste', 'NotSupportedError');
    throw domError('Unrecognized algorithm name', 'NotSupportedError');
  }
  if (list[found] === null) return { name: found };
  const out = kinds[list[found]](given, where);
  out.name = found;
  for (const k of Object.keys(out)) {
    if (k === 'hash') out.hash = normalize(out.hash, 'digest');
    else if (idl.isBuffer(out[k])) out[k] = host.copy(out[k]);
  }
  return out;
}

Object.assign(exports, { normalize, aes, rsa, ec, okp, setKey(fn) { keyOf = fn; } });
