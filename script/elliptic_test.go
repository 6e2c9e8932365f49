package script

import (
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// loader is a require over files, by their paths below node_modules; folders and packages have their main file.
const loader = `
var made = {}, mains = {'elliptic': 'elliptic/lib/elliptic.js', 'bn.js': 'bn.js/lib/bn.js', 'hash.js': 'hash.js/lib/hash.js', 'brorand': 'brorand/index.js',
	'inherits': 'inherits/inherits_browser.js', 'hmac-drbg': 'hmac-drbg/lib/hmac-drbg.js', 'minimalistic-assert': 'minimalistic-assert/index.js',
	'minimalistic-crypto-utils': 'minimalistic-crypto-utils/lib/utils.js'};
function load(path) {
	if (made[path]) return made[path].exports;
	var module = made[path] = {exports: {}}, dir = path.split('/').slice(0, -1);
	if (/json$/.test(path)) return module.exports = JSON.parse(files[path]);
	new Function('module', 'exports', 'require', files[path])(module, module.exports, function (name) {
		if (name[0] !== '.') { if (mains[name]) return load(mains[name]); throw new Error('no ' + name) }
		var at = dir.slice();
		name.split('/').forEach(function (part) { part === '..' ? at.pop() : part === '.' || at.push(part) });
		at = at.join('/');
		return load([at, at + '.js', at + '/index.js'].find(function (p) { return files[p] !== undefined }));
	});
	return module.exports;
}`

// packed makes one text of the files of elliptic and what it needs.
func packed(t *testing.T, dir string) string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		name, _ := filepath.Rel(dir, path)
		name = filepath.ToSlash(name)
		first, _, _ := strings.Cut(name, "/")
		switch {
		case err != nil:
			return err
		case d.IsDir() && strings.Contains("jsrsasign node-forge sjcl .bin", first) && name != ".":
			return fs.SkipDir
		case d.IsDir() || !strings.HasSuffix(name, ".js") && name != "elliptic/package.json":
			return nil
		}
		data, err := os.ReadFile(path)
		files[name] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(files)
	if err != nil {
		t.Fatal(err)
	}
	return "var files = " + string(text) + ";" + loader
}

// Signatures are made with numbers that follow from the key and the text, so both sides make the same.
func TestElliptic(t *testing.T) {
	source := packed(t, fetched(t))
	const key = "'c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721'"
	for name, code := range map[string]string{
		"secp256k1":               "var k = new (load('elliptic/lib/elliptic.js').ec)('secp256k1').keyFromPrivate(" + key + ", 'hex'), s = k.sign('a1b2c3d4'); k.getPublic('hex') + s.toDER('hex') + k.verify('a1b2c3d4', s) + k.verify('a1b2c3d5', s)",
		"P-256":                   "var k = new (load('elliptic/lib/elliptic.js').ec)('p256').keyFromPrivate(" + key + ", 'hex'), s = k.sign('a1b2c3d4', {canonical: true}); k.getPublic(true, 'hex') + s.r.toString(16) + s.s.toString(16) + k.verify('a1b2c3d4', s)",
		"P-384, a shared secret":  "var ec = new (load('elliptic/lib/elliptic.js').ec)('p384'), a = ec.keyFromPrivate('123456789a', 'hex'), b = ec.keyFromPrivate(" + key + ", 'hex'); [a.derive(b.getPublic()).toString(16), b.derive(a.getPublic()).toString(16)].join()",
		"ed25519":                 "var k = new (load('elliptic/lib/elliptic.js').eddsa)('ed25519').keyFromSecret(" + key + "), s = k.sign('a1b2c3d4').toHex(); k.getPublic('hex') + s + k.verify('a1b2c3d4', s)",
		"a point that is invalid": "try { new (load('elliptic/lib/elliptic.js').ec)('p256').keyFromPublic('04' + '11'.repeat(64), 'hex').validate().result } catch (e) { e.message }",
	} {
		t.Run(name, func(t *testing.T) { likeNode(t, source+";"+code) })
	}
}

// sjcl's curves are not in the file that npm's main names, but in its sources.
func TestCurvesOfSJCL(t *testing.T) {
	dir := filepath.Join(fetched(t), "sjcl", "core")
	var source strings.Builder
	for _, name := range strings.Fields("sjcl aes bitArray codecString codecHex sha256 hmac random bn ecc") {
		data, err := os.ReadFile(filepath.Join(dir, name+".js"))
		if err != nil {
			t.Fatal(err)
		}
		source.Write(data)
		source.WriteByte('\n')
	}
	const pair = "var d = new sjcl.bn('0x1234567890abcdef1234567890abcdef1234567890abcdef'), c = sjcl.ecc.curves.c256, key = new sjcl.ecc.ecdsa.secretKey(c, d), hash = sjcl.hash.sha256.hash('text'), sign = key.sign(hash, 0, false, new sjcl.bn('0xabcdef1234567890')), p = c.G.mult(d), open = new sjcl.ecc.ecdsa.publicKey(c, p);"
	for name, code := range map[string]string{
		"a signature": pair + "sjcl.codec.hex.fromBits(sign) + open.verify(hash, sign)",
		"a point":     pair + "p.x.toString() + p.y.toString() + p.isValid()",
		"powers":      "var m = new sjcl.bn('0xfffffffffffffffffffffffffffffffeffffffffffffffff'), n = new sjcl.bn('0x123456789abcdef0123456789'); n.powermod(m, m.sub(2)).toString() + n.inverseMod(m).toString()",
	} {
		t.Run(name, func(t *testing.T) { likeNode(t, "var module, define, exports;"+source.String()+";"+code) })
	}
}
