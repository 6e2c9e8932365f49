package lib

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/dop251/goja"
)

func TestRequire(t *testing.T) {
	vm := goja.New()
	set := New(&Env{VM: vm}, nil)
	tests := map[string]bool{
		"crypto-js": true, "buffer": true, "string_decoder": true, "string-decoder": true, "csv-parse/lib/sync": true,
		"crypto": false, "http": false, "#web": false, "#equal": false, "": false, "csv-parse": false, "process": false,
	}
	for name, want := range tests {
		if _, got := set.Require(name); got != want {
			t.Errorf("Require(%q) found = %v, want %v", name, got, want)
		}
	}
}

// stubs stands for the sandbox. What it gives is another object each time, so that a Set that asks twice shows.
type stubs struct{ vm *goja.Runtime }

func (s stubs) Ajv() goja.Value        { return s.vm.NewObject() }
func (s stubs) Chai() goja.Value       { return s.vm.NewObject() }
func (s stubs) Collection() goja.Value { return s.vm.NewObject() }
func (s stubs) TV4() goja.Value        { return s.vm.NewObject() }

func TestModulesAreMadeOnce(t *testing.T) {
	vm := goja.New()
	set := New(&Env{VM: vm}, stubs{vm})
	for name := range Table() {
		if name == "backbone" {
			continue // which throws
		}
		first, _ := set.load(name)
		second, _ := set.load(name)
		if !first.SameAs(second) {
			t.Errorf("%s is made again by each require", name)
		}
	}
}

func TestEachLibraryHasOneSource(t *testing.T) {
	for name, l := range Table() {
		sources := 0
		for _, has := range []bool{l.New != nil, l.Sandbox != nil} {
			if has {
				sources++
			}
		}
		if sources != 1 {
			t.Errorf("%s comes from %d sources, want 1", name, sources)
		}
	}
}

func TestGlobalsExist(t *testing.T) {
	set := New(&Env{VM: goja.New()}, nil)
	for _, name := range set.Names() {
		v, ok := set.Global(name)
		if !ok || v == nil || goja.IsUndefined(v) {
			t.Errorf("global %s = %v, %v", name, v, ok)
		}
	}
	if _, ok := set.Global("process"); ok {
		t.Error("process is a global")
	}
}

// Allocation bombs throw a RangeError and leave the runtime usable.
func TestAllocationBombs(t *testing.T) {
	tests := map[string]string{
		"alloc":                      `Buffer.alloc(2**40)`,
		"allocUnsafe":                `Buffer.allocUnsafe(2**31)`,
		"new Buffer":                 `new Buffer(1e11)`,
		"concat to a huge length":    `Buffer.concat([Buffer.from('a')], 2**33)`,
		"array-like of huge length":  `Buffer.from({length: 2**40})`,
		"random words":               `CryptoJS.lib.WordArray.random(2**40)`,
		"huge sigBytes":              `CryptoJS.lib.WordArray.create([1], 2**40).toString()`,
		"huge PBKDF2 key":            `CryptoJS.PBKDF2('a', 'b', {keySize: 2**40})`,
		"huge EvpKDF key":            `CryptoJS.EvpKDF('a', 'b', {keySize: 2**40})`,
		"huge OpenSSL key":           `CryptoJS.kdf.OpenSSL.execute('a', 2**40, 4)`,
		"padding to a huge block":    `CryptoJS.pad.Pkcs7.pad(CryptoJS.enc.Utf8.parse('a'), 2**30)`,
		"huge generated HMAC secret": `CryptoJS.lib.WordArray.random(2**31)`,
	}
	for name, code := range tests {
		t.Run(name, func(t *testing.T) {
			vm := newSandbox(t)
			if got := evaluate(t, vm, code); !strings.HasPrefix(got, "throws RangeError") {
				t.Errorf("%s gave %.100s, want a RangeError", code, got)
			}
			if got := evaluate(t, vm, `1 + 1`); got != "2" {
				t.Errorf("afterwards 1 + 1 = %s", got)
			}
		})
	}
}

// What scripts do to the built-in prototypes does not reach the Go side.
func TestPatchedPrototypes(t *testing.T) {
	vm := newSandbox(t)
	const patch = `
		Array.prototype.push = function () { throw new Error('patched') };
		Array.prototype.map = Array.prototype.slice = Array.prototype.forEach = Array.prototype.push;
		String.prototype.charCodeAt = String.prototype.toString = Array.prototype.push;
		Object.prototype.words = 5; Object.prototype.extra = 'x';
		Number.prototype.toString = Array.prototype.push; 1`
	if _, err := vm.RunString(patch); err != nil {
		t.Fatal(err)
	}
	tests := map[string]string{
		`CryptoJS.SHA256('message').toString()`:                         "ab530a13e45914982b79f9b7e3fba994cfd1f3fb22f71cea1afbf02b460c6d1d",
		`CryptoJS.HmacMD5('message', 'key').toString()`:                 "4e4748e62b463521f6775fbf921234b5",
		`Buffer.from('hello').toString('base64')`:                       "aGVsbG8=",
		`btoa(atob('aGk='))`:                                            "aGk=",
		`require('util').inspect({a: [1, 'b']})`:                        "{ a: [ 1, 'b' ] }",
		`new URL('../x?y=1', 'http://a/b/c').href`:                      "http://a/x?y=1",
		`new TextDecoder().decode(new TextEncoder().encode('æ'))`:       "æ",
		`CryptoJS.enc.Base64.stringify(CryptoJS.enc.Utf8.parse('x:y'))`: "eDp5",
	}
	for code, want := range tests {
		if got := evaluate(t, vm, code); got != want {
			t.Errorf("%s = %s, want %s", code, got, want)
		}
	}
}

func TestUUID(t *testing.T) {
	vm := goja.New()
	set := New(&Env{VM: vm, Rand: bytes.NewReader(bytes.Repeat([]byte{0xff}, 16))}, nil)
	if err := vm.Set("uuid", func() goja.Value { v, _ := set.Require("uuid"); return v }()); err != nil {
		t.Fatal(err)
	}
	tests := []struct{ code, want string }{
		{`uuid()`, "ffffffff-ffff-4fff-bfff-ffffffffffff"},
		{`try { uuid.v4(); 'made' } catch (e) { e.message }`, "reading random bytes: EOF"},
		{`typeof uuid.v4 + typeof uuid.v1`, "functionundefined"},
	}
	for _, test := range tests {
		v, err := vm.RunString(test.code)
		if err != nil {
			t.Fatalf("%s: %v", test.code, err)
		}
		if v.String() != test.want {
			t.Errorf("%s = %s, want %s", test.code, v, test.want)
		}
	}
}

func TestXML2JSON(t *testing.T) {
	vm := newSandbox(t)
	tests := map[string]string{
		`xml2Json('<a b="1"> x <c/><c>2</c></a>')`: `{"a":{"_":"x","$":{"b":"1"},"c":["","2"]}}`,
		`xml2Json('{"not":"xml"}')`:                "undefined",
		`xml2Json('')`:                             "null",
	}
	for code, want := range tests {
		if got := evaluate(t, vm, code); got != want {
			t.Errorf("%s = %s, want %s", code, got, want)
		}
	}
	deep := strings.Repeat("<a>", 20000)
	if got := evaluate(t, vm, "xml2Json('"+deep+"')"); got != "undefined" {
		t.Errorf("20,000 levels gave %.60s, want undefined", got)
	}
}

// Compiled programs are shared, objects are not.
func TestRuntimesAreApart(t *testing.T) {
	one, two := newSandbox(t), newSandbox(t)
	if _, err := one.RunString(`require('path').join = 5`); err != nil {
		t.Fatal(err)
	}
	if got := evaluate(t, two, `require('path').join('a', 'b')`); got != "a/b" {
		t.Errorf("in another runtime join gave %s", got)
	}
}

func FuzzSandboxText(f *testing.F) {
	for _, seed := range []string{"", "a,b\n1,\"2", "<a b='1'>x</a>", "http://ü.de:80/../x?y#z", "U2FsdGVkX18=", "%E0%A4", "\xff\xfe"} {
		f.Add(seed)
	}
	codes := []string{
		`require('xml2js').parseString(text, function () {})`,
		`require('csv-parse/lib/sync')(text, {columns: true, relax: true, trim: true})`,
		`new URL(text, 'http://base/')`,
		`require('url').parse(text, true)`,
		`require('querystring').parse(text)`,
		`Buffer.from(text, 'base64').toString('utf8') + Buffer.from(text, 'hex').toString('latin1')`,
		`CryptoJS.AES.decrypt(text, 'secret').toString()`,
		`require('util').inspect(text) + require('util').format(text, 1, {})`,
		`require('punycode').toASCII(text) + require('path').normalize(text)`,
	}
	vm := newSandbox(f)
	f.Fuzz(func(t *testing.T, text string) {
		if err := vm.Set("text", text); err != nil {
			t.Fatal(err)
		}
		for _, code := range codes {
			// Throwing is fine; an internal error or a Go panic is not.
			if _, err := vm.RunString(code); err != nil && strings.Contains(err.Error(), "internal error") {
				t.Errorf("%s with %q: %v", code, text, err)
			}
		}
	})
}

// An interrupt goes through Go code that called a script's function, and is asked
// for in loops that only Go runs.
func TestInterrupt(t *testing.T) {
	tests := map[string]string{
		"a callback that never ends": `new URLSearchParams('a=1').forEach(function () { for (;;); })`,
		"a key derivation":           `CryptoJS.PBKDF2('a', 'b', {iterations: 2**40})`,
		"an OpenSSL key derivation":  `CryptoJS.EvpKDF('a', 'b', {iterations: 2**40})`,
		"dropped RC4 output":         `CryptoJS.RC4Drop.encrypt('a', CryptoJS.enc.Utf8.parse('b'), {drop: 2**40})`,
	}
	for name, code := range tests {
		t.Run(name, func(t *testing.T) {
			vm := newSandbox(t)
			timer := time.AfterFunc(30*time.Millisecond, func() { vm.Interrupt("time is up") })
			defer timer.Stop()
			_, err := vm.RunString("try {" + code + "} catch (e) {} for (;;);")
			var interrupted *goja.InterruptedError
			if !errors.As(err, &interrupted) {
				t.Errorf("got %v, want an interrupt", err)
			}
		})
	}
}

func TestInstall(t *testing.T) {
	vm := newSandbox(t)
	tests := []struct{ code, want string }{
		{`Object.keys(this).filter(function (k) { return k === 'CryptoJS' || k === 'URL' }).length`, "0"},
		{`CryptoJS === CryptoJS && CryptoJS === require('crypto-js')`, "true"},
		{`Buffer = 5; Buffer`, "5"},
		{`typeof require('buffer').Buffer`, "function"},
		{`typeof Object.getOwnPropertyDescriptor(this, 'URL').get`, "function"},
		{`new URL('http://a'); typeof Object.getOwnPropertyDescriptor(this, 'URL').get`, "undefined"},
	}
	for _, test := range tests {
		v, err := vm.RunString(test.code)
		if err != nil {
			t.Fatalf("%s: %v", test.code, err)
		}
		if v.String() != test.want {
			t.Errorf("%s = %s, want %s", test.code, v, test.want)
		}
	}
}
