package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/evanw/esbuild/pkg/api"
)

// A library is one that collections sign with. What its scripts use stands in the variable lib once it is loaded.
type library struct {
	name       string
	forms      []form
	setup      string // run once the library is there
	operations []operation
}

// A form is a text of a library: minified, or as it was written.
type form struct {
	name     string
	files    []string // below node_modules, one after the other
	bundled  string   // instead: the module that is bundled with what it needs
	minified bool     // by us, with what is bundled
	before   string   // what the text needs to find
	lib      string   // the expression that is the library afterwards
}

// An operation returns what both runners must say, such as a signature, or true.
type operation struct{ name, code string }

// text puts the files of a form together.
func (f form) text(modules string) (string, error) {
	if f.bundled != "" {
		return bundle(modules, f.bundled, f.minified)
	}
	var b strings.Builder
	b.WriteByte(';') // "use strict" in front would keep the variable to itself
	for _, name := range f.files {
		data, err := os.ReadFile(filepath.Join(modules, filepath.FromSlash(name)))
		if err != nil {
			return "", fmt.Errorf("reading a library: %w", err)
		}
		b.Write(data)
		b.WriteString("\n;\n")
	}
	return b.String(), nil
}

// bundle makes one text of a package and what it needs, as bundlers do for browsers.
func bundle(modules, main string, minified bool) (string, error) {
	result := api.Build(api.BuildOptions{
		EntryPoints: []string{filepath.Join(modules, filepath.FromSlash(main))}, Bundle: true, Platform: api.PlatformBrowser,
		Format: api.FormatIIFE, GlobalName: "bundled", Target: api.ES2019, LogLevel: api.LogLevelSilent,
		MinifyWhitespace: minified, MinifyIdentifiers: minified, MinifySyntax: minified,
	})
	if len(result.Errors) > 0 {
		return "", fmt.Errorf("bundling %s: %s", main, result.Errors[0].Text)
	}
	return ";" + string(result.OutputFiles[0].Contents), nil // "use strict" in front would keep the variable to itself
}

// libraries are those of the table. Their setups find the keys in the variable keys.
func libraries() []library {
	return []library{jsrsasign(), forge(), curves(), sjcl(), tweetnacl(), cryptoJS(), jsbn()}
}

func jsrsasign() library {
	return library{
		name: "jsrsasign",
		forms: []form{
			{name: "minified", files: []string{"jsrsasign/lib/jsrsasign-all-min.js"}, before: "var navigator = {}, window = {};", lib: "KJUR"},
		},
		setup: "var rsa = KEYUTIL.getKey(keys.rsa), ec = KEYUTIL.getKey(keys.ec), rsaPublic = KEYUTIL.getKey(keys.rsaPublic), ecPublic = KEYUTIL.getKey(keys.ecPublic), jws = KJUR.jws.JWS," +
			" sign = function (alg, key) { return jws.sign(alg, JSON.stringify({alg: alg, typ: 'JWT'}), keys.claims, key) }, rs = sign('RS256', rsa), es = sign('ES256', ec);",
		operations: []operation{
			{"RS256 sign", "sign('RS256', rsa)"},
			{"RS256 verify", "jws.verify(rs, rsaPublic, ['RS256'])"},
			{"PS256 sign", "jws.verify(sign('PS256', rsa), rsaPublic, ['PS256'])"},
			{"ES256 sign", "sign('ES256', ec).length"},
			{"ES256 verify", "jws.verify(es, ecPublic, ['ES256'])"},
			{"HS512", "sign('HS512', {utf8: 'a secret of some length, for HMAC'})"},
			{"EC key pair", "typeof KEYUTIL.generateKeypair('EC', 'secp256r1').prvKeyObj.prvKeyHex"},
			{"RSA-1024 key pair", "typeof KEYUTIL.generateKeypair('RSA', 1024).prvKeyObj.n"},
		},
	}
}

func forge() library {
	return library{
		name: "node-forge",
		forms: []form{
			{name: "minified", files: []string{"node-forge/dist/forge.min.js"}, before: "var window = {}, self = window;", lib: "window.forge"},
			{name: "as written", bundled: "node-forge/lib/index.js", before: "var window = {}, self = window;", lib: "bundled"},
		},
		setup: "var rsa = lib.pki.privateKeyFromPem(keys.rsa), open = lib.pki.publicKeyFromPem(keys.rsaPublic);" +
			"function hash() { var md = lib.md.sha256.create(); md.update(keys.claims, 'utf8'); return md }" +
			"function pss() { return lib.pss.create({md: lib.md.sha256.create(), mgf: lib.mgf.mgf1.create(lib.md.sha256.create()), salt: lib.util.hexToBytes(keys.hex)}) }" +
			"var counter = 0, fixed = {getBytesSync: function (n) { for (var s = ''; s.length < n;) { counter = (counter * 1103515245 + 12345) % 2147483648; s += String.fromCharCode(counter >> 16 & 255) } return s }};" +
			"fixed.getBytes = fixed.getBytesSync; var signed = rsa.sign(hash());",
		operations: []operation{
			{"RS256 sign", "lib.util.encode64(rsa.sign(hash()))"},
			{"RS256 verify", "open.verify(hash().digest().bytes(), signed)"},
			{"PS256 sign", "lib.util.encode64(rsa.sign(hash(), pss()))"},
			{"HS512", "(function () { var h = lib.hmac.create(); h.start('sha512', 'a secret'); h.update(keys.claims); return h.digest().toHex() })()"},
			{"Ed25519 sign", "lib.util.encode64(lib.pki.ed25519.sign({message: keys.claims, encoding: 'utf8', privateKey: lib.pki.ed25519.generateKeyPair({seed: lib.util.hexToBytes(keys.hex + keys.hex)}).privateKey}).toString('binary')).length"},
			{"RSA-1024 key pair", "(counter = 7, lib.pki.rsa.generateKeyPair({bits: 1024, prng: fixed}).privateKey.n.toString(16))"},
			{"AES-GCM 16 kB", "(function () { var c = lib.cipher.createCipher('AES-GCM', lib.util.hexToBytes(keys.hex)); c.start({iv: lib.util.hexToBytes(keys.hex)}); c.update(lib.util.createBuffer(keys.long)); c.finish(); return c.mode.tag.toHex() })()"},
			{"PBKDF2, 1000 rounds", "lib.util.bytesToHex(lib.pkcs5.pbkdf2('password', 'salt', 1000, 32, lib.md.sha256.create()))"},
		},
	}
}

func curves() library {
	return library{
		name: "elliptic",
		forms: []form{
			{name: "minified", bundled: "elliptic/lib/elliptic.js", minified: true, lib: "bundled"},
			{name: "as written", bundled: "elliptic/lib/elliptic.js", lib: "bundled"},
		},
		setup: "var p256 = new lib.ec('p256'), key = p256.keyFromPrivate(keys.hex + keys.hex, 'hex'), hash = keys.hex + keys.hex, signed = key.sign(hash), ed = new lib.eddsa('ed25519'), edKey = ed.keyFromSecret(keys.hex + keys.hex), edSigned = edKey.sign(hash);",
		operations: []operation{
			{"ES256 sign", "key.sign(hash).toDER('hex')"},
			{"ES256 verify", "key.verify(hash, signed)"},
			{"ES256K sign", "new lib.ec('secp256k1').keyFromPrivate(keys.hex, 'hex').sign(hash).toDER('hex')"},
			{"EC key pair", "p256.genKeyPair({entropy: keys.claims}).getPublic('hex')"},
			{"Ed25519 sign", "edKey.sign(hash).toHex()"},
			{"Ed25519 verify", "edKey.verify(hash, edSigned)"},
			{"ECDH, P-256", "key.derive(p256.keyFromPrivate('1234567890abcdef', 'hex').getPublic()).toString(16)"},
		},
	}
}

func sjcl() library {
	return library{
		name: "sjcl",
		forms: []form{
			{name: "minified", files: []string{"sjcl/sjcl.js"}, before: "var module = {exports: {}};", lib: "module.exports"},
			{name: "as written, with curves", files: sjclFiles(), lib: "sjcl"},
		},
		setup: "var sjcl = lib; sjcl.random.addEntropy([1, 2, 3, 4, 5, 6, 7, 8], 1024, 'test');",
		operations: []operation{
			{"HMAC-SHA-256", "sjcl.codec.hex.fromBits(new sjcl.misc.hmac(sjcl.codec.utf8String.toBits('secret'), sjcl.hash.sha256).encrypt(keys.claims))"},
			{"AES-CCM 16 kB", "sjcl.codec.hex.fromBits(sjcl.mode.ccm.encrypt(new sjcl.cipher.aes(sjcl.codec.hex.toBits(keys.hex)), sjcl.codec.utf8String.toBits(keys.long), sjcl.codec.hex.toBits(keys.hex))).slice(-32)"},
			{"PBKDF2, 1000 rounds", "sjcl.codec.hex.fromBits(sjcl.misc.pbkdf2('password', 'salt', 1000, 256))"},
			{"encrypt with a password", "sjcl.decrypt('password', sjcl.encrypt('password', keys.claims)) === keys.claims"},
			{"ES256 sign", "!sjcl.ecc ? '' : (function () { var c = sjcl.ecc.curves.c256, key = new sjcl.ecc.ecdsa.secretKey(c, new sjcl.bn('0x' + keys.hex + keys.hex)); return sjcl.codec.hex.fromBits(key.sign(sjcl.hash.sha256.hash(keys.claims), 0, false, new sjcl.bn('0xabcdef1234567890'))) })()"},
		},
	}
}

func tweetnacl() library {
	return library{
		name: "tweetnacl",
		forms: []form{
			{name: "minified", files: []string{"tweetnacl/nacl-fast.min.js"}, before: "var module = {exports: {}}, self = {crypto: {getRandomValues: function () {}}};", lib: "module.exports"},
			{name: "as written", files: []string{"tweetnacl/nacl-fast.js"}, before: "var module = {exports: {}}, self = {crypto: {getRandomValues: function () {}}};", lib: "module.exports"},
		},
		setup: "var seed = new Uint8Array(32), text = new Uint8Array(300); for (var i = 0; i < 300; i++) text[i] = i * 7; for (i = 0; i < 32; i++) seed[i] = i;" +
			" var pair = lib.sign.keyPair.fromSeed(seed), signed = lib.sign.detached(text, pair.secretKey), box = lib.box.keyPair.fromSecretKey(seed), nonce = new Uint8Array(24);",
		operations: []operation{
			{"Ed25519 sign", "Array.from(lib.sign.detached(text, pair.secretKey)).join()"},
			{"Ed25519 verify", "lib.sign.detached.verify(text, signed, pair.publicKey)"},
			{"Ed25519 key pair", "Array.from(lib.sign.keyPair.fromSeed(seed).publicKey).join()"},
			{"X25519 box", "Array.from(lib.box(text, nonce, box.publicKey, seed)).join()"},
			{"SHA-512", "Array.from(lib.hash(text)).join()"},
		},
	}
}

func cryptoJS() library {
	return library{
		name: "crypto-js",
		forms: []form{
			{name: "minified", files: []string{"crypto-js/crypto-js.js"}, before: "var module = {exports: {}}, exports = module.exports, define;", lib: "module.exports"},
		},
		setup: "var key = lib.enc.Hex.parse(keys.hex);",
		operations: []operation{
			{"HS512", "lib.HmacSHA512(keys.claims, 'a secret').toString()"},
			{"AES-CBC 16 kB", "lib.AES.encrypt(keys.long, key, {iv: key}).toString()"},
			{"PBKDF2, 1000 rounds", "lib.PBKDF2('password', 'salt', {keySize: 8, iterations: 1000, hasher: lib.algo.SHA256}).toString()"},
		},
	}
}

func jsbn() library {
	return library{
		name:  "jsbn",
		forms: []form{{name: "as written", files: []string{"jsbn/index.js"}, before: "var module = {exports: {}}, exports = module.exports, navigator = {}, window = {};", lib: "exports.BigInteger"}},
		setup: "var modulus = new lib(keys.modulus, 16), exponent = new lib(keys.exponent, 16), number = new lib(keys.hex, 16);",
		operations: []operation{
			{"power, 2048 bits", "number.modPow(exponent, modulus).toString(16)"},
			{"inverse, 2048 bits", "number.modInverse(modulus).toString(16)"},
		},
	}
}

func sjclFiles() (files []string) {
	for _, name := range strings.Fields("sjcl aes bitArray codecString codecHex codecBase64 sha256 ccm hmac pbkdf2 random convenience bn ecc") {
		files = append(files, "sjcl/core/"+name+".js")
	}
	return files
}
