package lib

import (
	"strings"
	"testing"

	"github.com/dop251/goja"
)

func benchmark(b *testing.B, setup, code string) {
	b.Helper()
	vm := newSandbox(b)
	if _, err := vm.RunString(setup); err != nil {
		b.Fatal(err)
	}
	program, err := goja.Compile("bench.js", code, false)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := vm.RunProgram(program); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkSHA256Of100KB(b *testing.B) {
	benchmark(b, `var text = '`+strings.Repeat("x", 100<<10)+`'`, `CryptoJS.SHA256(text).toString()`)
}

func BenchmarkHmacSHA256Of1KB(b *testing.B) {
	benchmark(b, `var text = '`+strings.Repeat("x", 1<<10)+`'`, `CryptoJS.HmacSHA256(text, 'key').toString(CryptoJS.enc.Base64)`)
}

func BenchmarkPBKDF2Of1000(b *testing.B) {
	benchmark(b, ``, `CryptoJS.PBKDF2('password', 'salt', {keySize: 8, iterations: 1000}).toString()`)
}

func BenchmarkBufferBase64Of10KB(b *testing.B) {
	benchmark(b, `var text = '`+strings.Repeat("x", 10<<10)+`'`, `Buffer.from(text).toString('base64')`)
}

func BenchmarkInspect(b *testing.B) {
	benchmark(b, `var o = {id: 1, name: 'x', list: [1, 2, 3], inner: {a: {b: {c: 1}}}}`, `require('util').inspect(o)`)
}

// BenchmarkLoad is the first use of each library in a new runtime.
func BenchmarkLoad(b *testing.B) {
	for _, name := range []string{"crypto-js", "buffer", "util", "url", "assert", "xml2js", "#web"} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				New(&Env{VM: goja.New()}, nil).load(name)
			}
		})
	}
}
