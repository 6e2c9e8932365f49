// Crypto and SubtleCrypto: the operations, over Go's standard library.
const idl = require('#webidl');
const { normalize, aes } = require('#cryptoalgorithms');
const { CryptoKey, keyOf, state, importKey, exportKey, generateKey } = require('#cryptokey');
const { typeError, domError } = idl;

const boolean = (v) => Boolean(v);
const format = idl.oneOf('KeyFormat', ['raw', 'pkcs8', 'spki', 'jwk']);
const usages = idl.sequence(idl.oneOf('KeyUsage', ['encrypt', 'decrypt', 'sign', 'verify', 'deriveKey', 'deriveBits', 'wrapKey', 'unwrapKey']));
const length = (v, where) => (v === null ? null : idl.number(32)(v, where));
const keyData = (v, where) => v; // read when the format is known
const jwk = idl.dictionary('JsonWebKey', []);

function attempt(fn) {
  const got = fn();
  if (got === undefined || got === null) throw domError('The operation failed for an operation-specific reason', 'OperationError');
  return got;
}

function allowedFor(key, name, usage, text) {
  const s = state(key);
  if (!s.usages.includes(usage) || s.algorithm.name !== name) throw domError(text, 'InvalidAccessError');
  return s;
}

function signOrVerify(usage, algorithm, key, signature, data) {
  const a = normalize(algorithm, usage);
  const s = allowedFor(key, a.name, usage, 'Unable to use this key to ' + usage);
  const hash = (a.hash || s.algorithm.hash || { name: '' }).name;
  if (a.name === 'RSA-PSS' && !host.saltFits(s.handle, hash, a.saltLength)) {
    if (usage === 'verify') return false;
    throw domError('The operation failed for an operation-specific reason', 'OperationError');
  }
  if (usage === 'sign') return attempt(() => host.sign(a.name, s.handle, hash, a.saltLength || 0, data));
  return host.verify(a.name, s.handle, hash, a.saltLength || 0, signature, data);
}

// checkBlocks checks the parameters that must fit AES, once the key is known to be one that may be used.
function checkBlocks(a) {
  const exactly = (what, b) => {
    if (b.byteLength !== 16) throw domError('algorithm.' + what + ' must contain exactly 16 bytes', 'OperationError');
  };
  if (a.name === 'AES-CBC') exactly('iv', a.iv);
  if (a.name !== 'AES-CTR') return;
  exactly('counter', a.counter);
  if (a.length === 0 || a.length > 128) throw domError('AES-CTR algorithm.length must be between 1 and 128', 'OperationError');
}

function cipher(usage, algorithm, key, data) {
  const a = normalize(algorithm, usage === 'wrapKey' ? 'encrypt' : usage === 'unwrapKey' ? 'decrypt' : usage);
  const s = allowedFor(key, a.name, usage, 'The requested operation is not valid for the provided key');
  checkBlocks(a);
  const forward = usage === 'encrypt' || usage === 'wrapKey';
  if (a.name === 'RSA-OAEP') {
    return attempt(() => host.oaep(forward, s.handle, s.algorithm.hash.name, a.label, data));
  }
  if (a.name === 'AES-CTR') return attempt(() => host.ctr(s.handle, a.counter, a.length, data));
  if (a.name === 'AES-CBC') return attempt(() => host.cbc(forward, s.handle, a.iv, data));
  const tag = (a.tagLength === undefined ? 128 : a.tagLength) / 8;
  if (!forward && data.byteLength < tag) throw domError('The provided data is too small.', 'OperationError');
  return attempt(() => host.gcm(forward, s.handle, a.iv, a.additionalData, tag, data));
}

function bitsOf(a, key, bits) {
  const { name } = a;
  const s = state(key);
  if (name === 'ECDH' || name === 'X25519') {
    const other = state(a.public);
    if (other.type !== 'public') throw domError('algorithm.public must be a public key', 'InvalidAccessError');
    if (s.type !== 'private') throw domError('baseKey must be a private key', 'InvalidAccessError');
    if (s.algorithm.name !== other.algorithm.name) throw domError('algorithm.public must be an ' + name + ' key'.replace('an X', 'an X'), 'InvalidAccessError');
    if (s.algorithm.namedCurve !== other.algorithm.namedCurve) throw domError('Named curve mismatch', 'InvalidAccessError');
    const shared = attempt(() => host.agree(s.handle, other.handle));
    if (bits === null || bits === undefined) return shared;
    const bytes = Math.ceil(bits / 8);
    if (bytes > shared.byteLength) throw domError('derived bit length is too small', 'OperationError');
    const out = shared.slice(0, bytes);
    if (bits % 8) new Uint8Array(out)[bytes - 1] &= 0xff << (8 - bits % 8);
    return out;
  }
  if (bits === null || bits === undefined) throw domError('length cannot be null', 'OperationError');
  if (bits % 8) throw domError('length must be a multiple of 8', 'OperationError');
  if (bits === 0) return new ArrayBuffer(0);
  if (name === 'HKDF') return attempt(() => host.hkdf(a.hash.name, s.handle, a.salt, a.info, bits / 8));
  return attempt(() => host.pbkdf2(a.hash.name, s.handle, a.salt, a.iterations, bits / 8));
}

function derive(usage, algorithm, key, bits) {
  const a = normalize(algorithm, 'deriveBits');
  const s = state(key);
  if (!s.usages.includes(usage)) throw domError('baseKey does not have ' + usage + ' usage', 'InvalidAccessError');
  if (s.algorithm.name !== a.name) throw domError('Key algorithm mismatch', 'InvalidAccessError');
  return bitsOf(a, key, bits);
}

// keyLength is how many bits the key of an algorithm has; null where it takes all there are.
function keyLength(a) {
  if (aes.includes(a.name)) {
    if (![128, 192, 256].includes(a.length)) throw domError('Invalid key length', 'OperationError');
    return a.length;
  }
  if (a.name !== 'HMAC') return null;
  return a.length === undefined ? host.blockSize(a.hash.name) * 8 : a.length;
}

function wrap(f, key, wrappingKey, algorithm) {
  let a;
  try { a = normalize(algorithm, 'wrapKey'); } catch { a = normalize(algorithm, 'encrypt'); }
  let data = exportKey(f, key);
  const s = allowedFor(wrappingKey, a.name, 'wrapKey', misuse(wrappingKey, a, 'wrapKey'));
  if (f === 'jwk') data = host.utf8(JSON.stringify(data));
  if (a.name === 'AES-KW') return attempt(() => host.kw(true, s.handle, data));
  return cipher('wrapKey', a, wrappingKey, data);
}
const misuse = (key, a, usage) => (state(key).algorithm.name === a.name ? 'Unable to use this key to ' + usage : 'Key algorithm mismatch');

function unwrap(f, wrapped, unwrappingKey, algorithm, wrappedAlgorithm, extractable, list) {
  let a;
  try { a = normalize(algorithm, 'unwrapKey'); } catch { a = normalize(algorithm, 'decrypt'); }
  const s = allowedFor(unwrappingKey, a.name, 'unwrapKey', misuse(unwrappingKey, a, 'unwrapKey'));
  let data = a.name === 'AES-KW' ? attempt(() => host.kw(false, s.handle, wrapped)) : cipher('unwrapKey', a, unwrappingKey, wrapped);
  if (f === 'jwk') {
    try { data = JSON.parse(host.fromUTF8(data)); } catch { throw domError('Invalid wrapped JWK key', 'DataError'); }
  }
  return importKey(f, data, wrappedAlgorithm, extractable, list);
}

const inside = {};
let theSubtle, theCrypto;

class SubtleCrypto {
  constructor(mark) {
    if (mark !== inside) throw typeError('ERR_ILLEGAL_CONSTRUCTOR', 'Illegal constructor');
  }
}
class Crypto {
  constructor(mark) {
    if (mark !== inside) throw typeError('ERR_ILLEGAL_CONSTRUCTOR', 'Illegal constructor');
  }
  get subtle() { self(this); return theSubtle; }
  getRandomValues(array) {
    self(this);
    if (arguments.length < 1) {
      throw typeError('ERR_MISSING_ARGS', "Failed to execute 'getRandomValues' on 'Crypto': 1 argument required, but only 0 present.");
    }
    if (!host.isIntegers(array)) throw domError('The data argument must be an integer-type TypedArray', 'TypeMismatchError');
    if (array.byteLength > 65536) throw domError('The requested length exceeds 65,536 bytes', 'QuotaExceededError');
    host.fill(array);
    return array;
  }
  randomUUID(options) {
    self(this);
    return host.randomUUID();
  }
}
function self(v) {
  if (v !== theCrypto) throw typeError('ERR_INVALID_THIS', 'Value of "this" must be of type Crypto');
}

// Each method: how many arguments it must have, what they are, what it does.
const methods = {
  encrypt: [3, [idl.algorithm, keyOf, idl.buffer], (a, key, data) => cipher('encrypt', a, key, host.copy(data))],
  decrypt: [3, [idl.algorithm, keyOf, idl.buffer], (a, key, data) => cipher('decrypt', a, key, host.copy(data))],
  sign: [3, [idl.algorithm, keyOf, idl.buffer], (a, key, data) => signOrVerify('sign', a, key, undefined, data)],
  verify: [4, [idl.algorithm, keyOf, idl.buffer, idl.buffer], (a, key, signature, data) => signOrVerify('verify', a, key, signature, data)],
  digest: [2, [idl.algorithm, idl.buffer], (a, data) => host.digest(normalize(a, 'digest').name, data)],
  generateKey: [3, [idl.algorithm, boolean, usages], generateKey],
  deriveKey: [5, [idl.algorithm, keyOf, idl.algorithm, boolean, usages], (a, key, derived, extractable, list) => {
    const first = normalize(a, 'deriveBits');
    const s = state(key);
    if (!s.usages.includes('deriveKey')) throw domError('baseKey does not have deriveKey usage', 'InvalidAccessError');
    if (s.algorithm.name !== first.name) throw domError('Key algorithm mismatch', 'InvalidAccessError');
    const bits = keyLength(normalize(derived, 'get key length'));
    normalize(derived, 'importKey');
    return importKey('raw', bitsOf(first, key, bits), derived, extractable, list);
  }],
  deriveBits: [2, [idl.algorithm, keyOf, length], (a, key, bits) => derive('deriveBits', a, key, bits)],
  importKey: [4, [format, keyData, idl.algorithm, boolean, usages], importKey],
  exportKey: [2, [format, keyOf], exportKey],
  wrapKey: [4, [format, keyOf, keyOf, idl.algorithm], wrap],
  unwrapKey: [7, [format, idl.buffer, keyOf, idl.algorithm, idl.algorithm, boolean, usages], unwrap],
};
for (const name of Object.keys(methods)) {
  const [least, kinds, work] = methods[name];
  const fn = { async [name](...given) {
    if (this !== theSubtle) throw typeError('ERR_INVALID_THIS', 'Value of "this" must be of type SubtleCrypto');
    const args = idl.convertAll(name, 'SubtleCrypto', given, kinds, least);
    if (name === 'importKey') {
      const where = { prefix: "Failed to execute 'importKey' on 'SubtleCrypto'", context: '2nd argument' };
      if (args[0] === 'jwk') jwk(args[1], where);
      else args[1] = idl.buffer(args[1], where);
    }
    return work(...args);
  } }[name];
  Object.defineProperty(fn, 'length', { value: name === 'importKey' ? 5 : least, configurable: true });
  Object.defineProperty(SubtleCrypto.prototype, name, { value: fn, writable: true, configurable: true, enumerable: true });
}
for (const name of ['subtle', 'getRandomValues', 'randomUUID']) Object.defineProperty(Crypto.prototype, name, { enumerable: true });
for (const C of [Crypto, SubtleCrypto]) Object.defineProperty(C.prototype, Symbol.toStringTag, { value: C.name, configurable: true });

theSubtle = new SubtleCrypto(inside);
theCrypto = new Crypto(inside);
Object.assign(exports, { crypto: theCrypto, Crypto, SubtleCrypto, CryptoKey });
