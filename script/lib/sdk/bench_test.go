package sdk

import (
	"testing"

	"github.com/dop251/goja"

	"posthaste/script/lib/chai"
)

// benchmark runs a script many times in one runtime, each time with a new response and request.
func benchmark(b *testing.B, script string) {
	b.Helper()
	vm := goja.New()
	c := chai.New(vm)
	s := New(Env{VM: vm})
	InstallAssertions(c, s)
	program := goja.MustCompile("bench", "(function (response, request, expect) {"+script+"})", false)
	v, err := vm.RunProgram(program)
	must(b, err)
	run, _ := goja.AssertFunction(v)
	req, answer := sample(), answer()
	b.ReportAllocs()
	for b.Loop() {
		_, err := run(goja.Undefined(), s.Response(answer), s.Request(&req), c.Expect())
		must(b, err)
	}
}

func BenchmarkUntouched(b *testing.B)   { benchmark(b, ``) }
func BenchmarkCodeAndJSON(b *testing.B) { benchmark(b, `response.code; response.json()`) }
func BenchmarkStatus(b *testing.B)      { benchmark(b, `response.to.have.status(200)`) }
func BenchmarkHeader(b *testing.B)      { benchmark(b, `response.headers.get('content-type')`) }
func BenchmarkURL(b *testing.B)         { benchmark(b, `request.url.toString()`) }

func BenchmarkNew(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		s := New(Env{VM: goja.New()})
		s.Response(answer())
	}
}
