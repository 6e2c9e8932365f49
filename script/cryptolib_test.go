package script

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// cryptoLibraries are what scripts sign with, in the versions that npm has.
const cryptoLibraries = "jsrsasign@11.1.0 node-forge@1.3.1 bn.js@4.12.2 sjcl@1.0.8 elliptic@6.6.1 tweetnacl@1.0.3 crypto-js@4.2.0"

// fetched is a folder with the packages, or skips the test.
func fetched(t *testing.T) string {
	t.Helper()
	require := os.Getenv("REQUIRE_NPM") == "1"
	if _, err := exec.LookPath("npm"); err != nil {
		if require {
			t.Fatal("npm is not there")
		}
		t.Skip("skipped: npm is not installed; it fetches the libraries")
	}
	if testing.Short() {
		t.Skip("skipped: short")
	}
	dir := t.TempDir()
	args := append([]string{"install", "--prefix", dir, "--ignore-scripts", "--no-audit", "--no-fund"}, strings.Fields(cryptoLibraries)...)
	if out, err := exec.CommandContext(t.Context(), "npm", args...).CombinedOutput(); err != nil {
		if require {
			t.Fatalf("npm: %v\n%s", err, out)
		}
		t.Skip("skipped: npm cannot fetch the libraries")
	}
	return filepath.Join(dir, "node_modules")
}

// Node judges the results; the times are told side by side. Without the kernels the powers alone take ten seconds.
func TestCryptographyInPlainJavaScript(t *testing.T) {
	dir := fetched(t)
	const number = "'c3a5c85c97cb3127b49eef4ab4e5d1dc7f0b4f1b6d7a4c3cd3f4dcf0a8b1a2f3c3a5c85c97cb3127b49eef4ab4e5d1dc7f0b4f1b6d7a4c3cd3f4dcf0a8b1a2f7'"
	tests := map[string]struct{ file, before, code string }{
		"jsrsasign, 512 bits": {
			"jsrsasign/lib/jsrsasign-all-min.js", "var navigator = {}, window = {};",
			"var n = new BigInteger(" + number + ", 16), b = new BigInteger('1234567890abcdef', 16); [b.modPow(n, n).toString(16), b.modInverse(n).toString(16), b.modPowInt(65537, n).toString(16)].join()",
		},
		"jsrsasign, P-256": {
			"jsrsasign/lib/jsrsasign-all-min.js", "var navigator = {}, window = {};",
			"var c = KJUR.crypto.ECParameterDB.getByName('secp256r1'); var p = c.G.multiply(new BigInteger('1234567890abcdef1234567890abcdef1234567890abcdef1234567890abcdef', 16)); p.getX().toBigInteger().toString(16) + p.getY().toBigInteger().toString(16)",
		},
		"forge": {
			"node-forge/dist/forge.min.js", "var window = {};",
			"var B = window.forge.jsbn.BigInteger, n = new B(" + number + ", 16), b = new B('1234567890abcdef', 16); b.modPow(n, n).toString(16) + n.isProbablePrime(5)",
		},
		"bn.js": {
			"bn.js/lib/bn.js", "var module = {exports: {}};",
			"var B = module.exports, n = new B(" + number + ", 16); new B('1234567890abcdef', 16).invm(n).toString(16)",
		},
		"sjcl": {
			"sjcl/sjcl.js", "",
			"[[10000, 256], [3, 320], [1, 0], [2, 96], [2, 100]].map(function (a) { return sjcl.codec.hex.fromBits(sjcl.misc.pbkdf2('p\u00e5', 's', a[0], a[1])) }).join() + sjcl.decrypt('p', sjcl.encrypt('p', 'text'))",
		},
		"forge, keys": {
			"node-forge/dist/forge.min.js", "var window = {};",
			"var f = window.forge, B = f.jsbn.BigInteger; ['md5', 'sha1', 'sha256', 'sha384', 'sha512'].map(function (n) { return f.util.bytesToHex(f.pkcs5.pbkdf2('p\u00e5', 's', 500, 45, f.md[n].create())) }).join() + f.util.bytesToHex(f.pkcs5.pbkdf2('p', 's', 2, 9)) + new B(" + number + ", 16).gcd(new B('123456789abcdef0', 16)).toString(16)",
		},
		"crypto-js": {
			"crypto-js/crypto-js.js", "var module = {exports: {}}, exports = module.exports, define;",
			"var C = module.exports; ['MD5', 'SHA1', 'SHA256', 'SHA512', 'SHA3'].map(function (n) { var k = C.PBKDF2('p\u00e5', C.enc.Hex.parse('010203'), {keySize: 7, iterations: n === 'SHA3' ? 2 : 300, hasher: C.algo[n]}); return k.toString() + k.words.length }).join() + C.EvpKDF('p', 's', {keySize: 8, iterations: 3}).toString()",
		},
		"tweetnacl, minified":     {"tweetnacl/nacl-fast.min.js", "var module = {exports: {}}, self = {crypto: {getRandomValues: function () {}}};", nacl},
		"tweetnacl, as written":   {"tweetnacl/nacl-fast.js", "var module = {exports: {}}, self = {crypto: {getRandomValues: function () {}}};", nacl},
		"tweetnacl, the slow one": {"tweetnacl/nacl.min.js", "var module = {exports: {}}, self = {crypto: {getRandomValues: function () {}}};", nacl},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if underRace && strings.HasPrefix(name, "tweetnacl") {
				t.Skip("skipped: race detector (it takes minutes)")
			}
			source, err := os.ReadFile(filepath.Join(dir, test.file))
			if err != nil {
				t.Fatal(err)
			}
			likeNode(t, test.before+string(source)+";"+test.code)
		})
	}
}

// nacl signs, verifies, and exchanges keys.
const nacl = `var n = module.exports, seed = new Uint8Array(32), text = new Uint8Array(200); for (var i = 0; i < 200; i++) text[i] = i * 7; for (i = 0; i < 32; i++) seed[i] = 255 - i * 3;
var pair = n.sign.keyPair.fromSeed(seed), signed = n.sign.detached(text, pair.secretKey), other = n.box.keyPair.fromSecretKey(seed);
[Array.from(signed), n.sign.detached.verify(text, signed, pair.publicKey), n.sign.detached.verify(text.slice(1), signed, pair.publicKey), Array.from(n.box(text, new Uint8Array(24), other.publicKey, seed))].join()`

// likeNode runs a script with a library in it here and in node, and compares what they say.
func likeNode(t *testing.T, source string) {
	t.Helper()
	text, err := json.Marshal(source)
	if err != nil {
		t.Fatal(err)
	}
	s := newStage(t, Options{})
	s.call.Timeout = 2 * time.Minute
	start := time.Now()
	s.run("console.log(eval(" + string(text) + "))")
	ours := time.Since(start)
	start = time.Now()
	node := exec.CommandContext(t.Context(), "node", "-")
	node.Stdin = strings.NewReader("(function () { var require, exports, define; console.log(eval(" + string(text) + ")) })()")
	out, err := node.Output()
	if err != nil {
		t.Skipf("skipped: node does not run: %v", err)
	}
	wantLines(t, "console", s.said(), strings.TrimSpace(string(out)))
	t.Logf("%v; node with its start %v", ours.Round(time.Millisecond), time.Since(start).Round(time.Millisecond))
}
