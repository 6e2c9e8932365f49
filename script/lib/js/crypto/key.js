// CryptoKey: how keys are made, read and written.
const idl = require('#webidl');
const { normalize, aes, rsa, ec, setKey } = require('#cryptoalgorithms');
const { typeError, domError } = idl;

const inside = {};
const held = new WeakMap(); // CryptoKey to {type, extractable, algorithm, usages, handle}

function state(key) {
  const s = held.get(key);
  if (!s) throw typeError('ERR_INVALID_THIS', 'Value of "this" must be of type CryptoKey');
  return s;
}

class CryptoKey {
  constructor(mark, s) {
    if (mark !== inside) throw typeError('ERR_ILLEGAL_CONSTRUCTOR', 'Illegal constructor');
    held.set(this, s);
  }
  get type() { return state(this).type; }
  get extractable() { return state(this).extractable; }
  get algorithm() { return state(this).algorithm; }
  get usages() { return state(this).usages; }
}
for (const name of ['type', 'extractable', 'algorithm', 'usages']) Object.defineProperty(CryptoKey.prototype, name, { enumerable: true });
Object.defineProperty(CryptoKey.prototype, Symbol.toStringTag, { value: 'CryptoKey', configurable: true });
Object.defineProperty(CryptoKey.prototype, Symbol.for('nodejs.util.inspect.custom'), { value() {
  return 'CryptoKey ' + host.inspect({ type: this.type, extractable: this.extractable, algorithm: this.algorithm, usages: this.usages });
}, configurable: true, writable: true });

const isKey = (v) => held.has(v);
function keyOf(v, where) {
  if (!idl.isObject(v) || !isKey(v)) throw idl.fail(where, 'is not of type CryptoKey.');
  return v;
}
setKey(keyOf);

const usageOrder = ['encrypt', 'decrypt', 'sign', 'verify', 'deriveKey', 'deriveBits', 'wrapKey', 'unwrapKey'];
const ordered = (usages) => [...new Set(usages)];
const make = (type, handle, algorithm, extractable, usages) =>
  new CryptoKey(inside, { type, handle, algorithm, extractable, usages: ordered(usages) });

// What the keys of an algorithm may be used for: [by the public key or the only one, by the private key], and what the
// text of an error calls them.
function allowed(name) {
  if (name === 'RSA-OAEP') return [['encrypt', 'wrapKey'], ['decrypt', 'unwrapKey'], name];
  if (rsa.includes(name)) return [['verify'], ['sign'], name];
  if (name === 'ECDSA' || name === 'Ed25519') return [['verify'], ['sign'], name];
  if (name === 'ECDH' || name === 'X25519') return [[], ['deriveKey', 'deriveBits'], name];
  if (name === 'HMAC') return [['sign', 'verify'], [], 'HMAC'];
  if (name === 'AES-KW') return [['wrapKey', 'unwrapKey'], [], 'AES'];
  if (aes.includes(name)) return [['encrypt', 'decrypt', 'wrapKey', 'unwrapKey'], [], 'AES'];
  return [['deriveKey', 'deriveBits'], [], name];
}

function checkUsages(usages, list, text) {
  if (usages.some((u) => !list.includes(u))) throw domError(text, 'SyntaxError');
}
// article puts before a name what Node's texts put before it.
function article(word) { return (/^(AES|HM|RS|Ed|X)/.test(word) ? 'an ' : 'a ') + word; }

const unpadded = (b) => host.base64url(b);

// numbers that a JWK spells in base64url
function decoded(jwk, names) {
  const out = {};
  for (const n of names) {
    if (jwk[n] === undefined) continue;
    out[n] = host.fromBase64url(String(jwk[n]));
  }
  return out;
}

function checkJWK(jwk, { kty, use, usages, extractable }) {
  if (!idl.isObject(jwk) || jwk.kty === undefined) throw domError('Invalid keyData', 'DataError');
  const types = Array.isArray(kty) ? kty : [kty];
  if (!types.includes(jwk.kty)) throw domError('Invalid JWK "kty" Parameter', 'DataError');
  if (usages.length > 0 && jwk.use !== undefined && jwk.use !== use) throw domError('Invalid JWK "use" Parameter', 'DataError');
  if (jwk.key_ops !== undefined) {
    if (!Array.isArray(jwk.key_ops)) throw domError('Invalid keyData', 'DataError');
    const seen = new Set();
    for (const op of jwk.key_ops) {
      if (!usageOrder.includes(op)) continue;
      if (seen.has(op)) throw domError('Duplicate key operation', 'DataError');
      seen.add(op);
    }
    for (const u of usages) if (!jwk.key_ops.includes(u)) throw domError('Key operations and usage mismatch', 'DataError');
  }
  if (jwk.ext !== undefined && jwk.ext === false && extractable === true) {
    throw domError('JWK "ext" Parameter and extractable mismatch', 'DataError');
  }
}
const mismatch = () => domError('JWK "alg" does not match the requested algorithm', 'DataError');
const invalid = () => domError('Invalid keyData', 'DataError');
const unsupported = (kind, format, name) => domError('Unable to import ' + kind + ' key with format ' + format, name || 'NotSupportedError');

// attempt runs Go code whose failure means that the key is not valid.
function attempt(fn) {
  const got = fn();
  if (got === undefined || got === null) throw invalid();
  return got;
}

// fromDER reads a key that must be of that kind.
function fromDER(kind, format, curve, data) {
  const handle = attempt(() => host.importDER(kind, format, curve, data));
  if (handle === false) throw domError('Invalid key type', 'DataError');
  return handle;
}

const hashNumber = { 'SHA-1': '1', 'SHA-256': '256', 'SHA-384': '384', 'SHA-512': '512' };
function jwkAlg(algorithm, bits) {
  const n = algorithm.hash && hashNumber[algorithm.hash.name];
  switch (algorithm.name) {
    case 'RSASSA-PKCS1-v1_5': return 'RS' + n;
    case 'RSA-PSS': return 'PS' + n;
    case 'RSA-OAEP': return n === '1' ? 'RSA-OAEP' : 'RSA-OAEP-' + n;
    case 'HMAC': return 'HS' + n;
    case 'Ed25519': return 'Ed25519';
  }
  return aes.includes(algorithm.name) ? 'A' + bits + algorithm.name.slice(4) : undefined;
}

// hashOfAlg is the hash that the alg of a JWK means. Node asks no more of it for RSA keys.
function hashOfAlg(alg) {
  if (alg === 'RSA-OAEP') return 'SHA-1';
  const found = /^(?:RS|PS|RSA-OAEP-)(1|256|384|512)$/.exec(alg);
  return found ? 'SHA-' + found[1] : undefined;
}

function importRSA(format, data, algorithm, extractable, usages) {
  const [forPublic, forPrivate, label] = allowed(algorithm.name);
  const check = (isPrivate) => checkUsages(usages, isPrivate ? forPrivate : forPublic, 'Unsupported key usage for ' + article(label) + ' key');
  let handle;
  if (format === 'spki' || format === 'pkcs8') {
    check(format === 'pkcs8');
    handle = fromDER('rsa', format, '', data);
  } else if (format === 'jwk') {
    if (!idl.isObject(data) || data.kty === undefined) throw invalid();
    if (data.kty !== 'RSA') throw domError('Invalid JWK "kty" Parameter', 'DataError');
    check(data.d !== undefined);
    checkJWK(data, { kty: 'RSA', use: algorithm.name === 'RSA-OAEP' ? 'enc' : 'sig', usages, extractable });
    if (data.alg !== undefined && hashOfAlg(data.alg) !== algorithm.hash.name) throw mismatch();
    const parts = decoded(data, ['n', 'e', 'd', 'p', 'q', 'dp', 'dq', 'qi']);
    handle = attempt(() => host.rsaKey(parts));
  } else {
    throw unsupported('RSA', format);
  }
  const info = host.about(handle);
  const shown = { name: algorithm.name, modulusLength: info.bits, publicExponent: info.exponent, hash: algorithm.hash };
  return make(info.private ? 'private' : 'public', handle, shown, extractable, usages);
}

function importEC(format, data, algorithm, extractable, usages) {
  const { name } = algorithm;
  const [forPublic, forPrivate] = allowed(name);
  const onCurve = ec.includes(name);
  const kind = onCurve ? 'ec' : 'okp', curve = onCurve ? algorithm.namedCurve : name;
  const check = (isPrivate) => checkUsages(usages, isPrivate ? forPrivate : forPublic, 'Unsupported key usage for ' + article(name) + ' key');
  let handle;
  if (format === 'spki' || format === 'pkcs8') {
    check(format === 'pkcs8');
    handle = fromDER(kind, format, curve, data);
    if (host.about(handle).curve !== curve) throw domError(onCurve ? 'Named curve mismatch' : 'Invalid key type', 'DataError');
  } else if (format === 'raw') {
    check(false);
    if (!onCurve && data.byteLength !== 32) throw domError(name + ' raw keys must be exactly 32-bytes', 'DataError');
    handle = attempt(() => host.importPoint(curve, data));
  } else if (format === 'jwk') {
    if (!idl.isObject(data) || data.kty === undefined) throw invalid();
    if (data.kty !== (onCurve ? 'EC' : 'OKP')) throw domError('Invalid JWK "kty" Parameter', 'DataError');
    if (data.crv !== curve) {
      throw domError(onCurve ? 'JWK "crv" does not match the requested algorithm' : 'JWK "crv" Parameter and algorithm name mismatch', 'DataError');
    }
    check(data.d !== undefined);
    checkJWK(data, { kty: data.kty, use: name === 'ECDSA' || name === 'Ed25519' ? 'sig' : 'enc', usages, extractable });
    if (name === 'ECDSA' && data.alg !== undefined && { ES256: 'P-256', ES384: 'P-384', ES512: 'P-521' }[data.alg] !== curve) throw mismatch();
    if (name === 'Ed25519' && data.alg !== undefined && !['EdDSA', 'Ed25519'].includes(data.alg)) throw mismatch();
    if (typeof data.x !== 'string' || data.d !== undefined && typeof data.d !== 'string') throw invalid();
    const parts = decoded(data, ['x', 'y', 'd']);
    handle = attempt(() => host.curveKey(curve, parts));
  } else {
    throw unsupported(onCurve ? 'EC' : name, format);
  }
  const shown = onCurve ? { name, namedCurve: curve } : { name };
  return make(host.about(handle).private ? 'private' : 'public', handle, shown, extractable, usages);
}

// rawOrJWK gives the bytes of a symmetric key.
function rawOrJWK(format, data, algorithm, extractable, usages, kind) {
  if (format === 'raw') return host.copy(data);
  if (format !== 'jwk') throw unsupported(kind, format, kind === 'HMAC' ? 'Error' : undefined);
  checkJWK(data, { kty: 'oct', use: algorithm.name === 'HMAC' ? 'sig' : 'enc', usages, extractable });
  if (typeof data.k !== 'string') throw domError('Invalid keyData', 'DataError');
  return attempt(() => host.fromBase64url(data.k));
}

function importHMAC(format, data, algorithm, extractable, usages) {
  checkUsages(usages, allowed('HMAC')[0], 'Unsupported key usage for an HMAC key');
  const bytes = rawOrJWK(format, data, algorithm, extractable, usages, 'HMAC');
  if (format === 'jwk' && data.alg !== undefined && data.alg !== jwkAlg(algorithm)) throw mismatch();
  const length = bytes.byteLength * 8;
  if (length === 0 && format === 'raw' || algorithm.length === 0) throw domError('Zero-length key is not supported', 'DataError');
  if (algorithm.length !== undefined && algorithm.length !== length) throw domError('Invalid key length', 'DataError');
  return make('secret', host.secret(bytes), { name: 'HMAC', hash: algorithm.hash, length }, extractable, usages);
}

function importAES(format, data, algorithm, extractable, usages) {
  checkUsages(usages, allowed(algorithm.name)[0], 'Unsupported key usage for an AES key');
  const bytes = rawOrJWK(format, data, algorithm, extractable, usages, 'AES');
  const length = bytes.byteLength * 8;
  if (![128, 192, 256].includes(length)) throw domError('Invalid key length', 'DataError');
  if (format === 'jwk' && data.alg !== undefined && data.alg !== jwkAlg(algorithm, length)) throw mismatch();
  return make('secret', host.secret(bytes), { name: algorithm.name, length }, extractable, usages);
}

function importGeneric(format, data, algorithm, extractable, usages) {
  const { name } = algorithm;
  if (extractable) throw domError(name + ' keys are not extractable', 'SyntaxError');
  checkUsages(usages, allowed(name)[0], 'Unsupported key usage for ' + (name === 'HKDF' ? 'a HKDF' : 'a ' + name) + ' key');
  if (format !== 'raw') throw unsupported(name, format);
  return make('secret', host.secret(host.copy(data)), { name }, false, usages);
}

function importKey(format, data, given, extractable, usages) {
  const algorithm = normalize(given, 'importKey');
  const { name } = algorithm;
  let key;
  if (rsa.includes(name)) key = importRSA(format, data, algorithm, extractable, usages);
  else if (ec.includes(name) || name === 'Ed25519' || name === 'X25519') key = importEC(format, data, algorithm, extractable, usages);
  else if (name === 'HMAC') key = importHMAC(format, data, algorithm, extractable, usages);
  else if (aes.includes(name)) key = importAES(format, data, algorithm, extractable, usages);
  else key = importGeneric(format, data, algorithm, extractable, usages);
  if (key.type !== 'public' && key.usages.length === 0) {
    throw domError('Usages cannot be empty when importing a ' + key.type + ' key.', 'SyntaxError');
  }
  return key;
}

function exportKey(format, key) {
  const { type, algorithm, extractable, usages, handle } = state(key);
  const { name } = algorithm;
  if (!extractable) throw domError('key is not extractable', 'InvalidAccessException');
  const right = { spki: 'public', pkcs8: 'private' }[format];
  if (right === type) return host.exportDER(handle);
  if (format === 'raw' && type === 'secret') return host.exportRaw(handle);
  if (format === 'raw' && type === 'public' && !rsa.includes(name)) return host.exportRaw(handle);
  if (format === 'jwk') {
    const jwk = { key_ops: usages, ext: extractable };
    const parts = host.parts(handle);
    const alg = jwkAlg(algorithm, algorithm.length);
    if (type === 'secret') jwk.kty = 'oct';
    for (const n of Object.keys(parts)) jwk[n] = typeof parts[n] === 'string' ? parts[n] : unpadded(parts[n]);
    if (alg) jwk.alg = alg;
    return jwk;
  }
  throw domError('Unable to export a ' + (format === 'spki' ? 'raw' : format) + ' ' + name + ' ' + type + ' key', 'InvalidAccessError');
}

function generateKey(given, extractable, usages) {
  const algorithm = normalize(given, 'generateKey');
  const { name } = algorithm;
  const [forPublic, forPrivate, label] = allowed(name);
  const all = [...forPublic, ...forPrivate];
  checkUsages(usages, all, 'Unsupported key usage for an ' + label + ' key');
  let shown = { name }, handles;
  if (name === 'HMAC') {
    const length = algorithm.length === undefined ? host.blockSize(algorithm.hash.name) * 8 : algorithm.length;
    shown = { name, length, hash: algorithm.hash };
    handles = () => [host.secret(host.random(Math.floor(length / 8)))];
  } else if (aes.includes(name)) {
    shown = { name, length: algorithm.length };
    handles = () => [host.secret(host.random(algorithm.length / 8))];
  } else if (rsa.includes(name)) {
    shown = { name, modulusLength: algorithm.modulusLength, publicExponent: new Uint8Array(algorithm.publicExponent), hash: algorithm.hash };
    handles = () => host.generateRSA(algorithm.modulusLength, algorithm.publicExponent);
  } else {
    if (ec.includes(name)) shown = { name, namedCurve: algorithm.namedCurve };
    handles = () => host.generateCurve(algorithm.namedCurve || name);
  }
  const made = handles();
  if (!made) throw domError('The operation failed for an operation-specific reason', 'OperationError');
  if (made.length === 1) {
    if (usages.length === 0) throw domError('Usages cannot be empty when creating a key.', 'SyntaxError');
    return make('secret', made[0], shown, extractable, usages);
  }
  const privateKey = make('private', made[0], shown, extractable, forPrivate.filter((u) => usages.includes(u)));
  const publicKey = make('public', made[1], shown, true, forPublic.filter((u) => usages.includes(u)));
  if (privateKey.usages.length === 0) throw domError('Usages cannot be empty when creating a key.', 'SyntaxError');
  return Object.assign(Object.create(null), { privateKey, publicKey });
}

Object.assign(exports, { CryptoKey, keyOf, state, importKey, exportKey, generateKey });
