package chai

import (
	"testing"

	"github.com/dop251/goja"
)

// library makes a runtime with expect in it.
func library(tb testing.TB) (*goja.Runtime, *Chai) {
	tb.Helper()
	vm := goja.New()
	vm.SetMaxCallStackSize(2500)
	c := New(vm)
	if err := vm.Set("expect", c.Expect()); err != nil {
		tb.Fatal(err)
	}
	return vm, c
}

func bench(b *testing.B, src string) {
	b.Helper()
	vm, _ := library(b)
	v, err := vm.RunString("(function (n) {" + src + "})")
	if err != nil {
		b.Fatal(err)
	}
	f, _ := goja.AssertFunction(v)
	b.ReportAllocs()
	b.ResetTimer()
	if _, err := f(goja.Undefined(), vm.ToValue(b.N)); err != nil {
		b.Fatal(err)
	}
}

func BenchmarkEqual(b *testing.B) { bench(b, "for (var i = 0; i < n; i++) expect(1).to.equal(1)") }

func BenchmarkProperty(b *testing.B) {
	bench(b, "var o = {a: 1}; for (var i = 0; i < n; i++) expect(o).to.have.property('a', 1)")
}

func BenchmarkAn(b *testing.B) {
	bench(b, "var o = {a: 1}; for (var i = 0; i < n; i++) expect(o).to.be.an('object')")
}

func BenchmarkFailingEql(b *testing.B) {
	bench(b, "for (var i = 0; i < n; i++) try { expect({a: 1, b: [1, 2]}).to.eql({a: 2}) } catch (e) {}")
}

func BenchmarkEqlThousandObjects(b *testing.B) {
	bench(b, `
		function list() { var l = []; for (var i = 0; i < 1000; i++) l.push({id: i, name: 'n' + i, on: true, tags: ['a', 'b']}); return l }
		var x = list(), y = list();
		for (var i = 0; i < n; i++) expect(x).to.eql(y)`)
}

func BenchmarkNew(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		New(goja.New())
	}
}

func BenchmarkModule(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		New(goja.New()).Module()
	}
}
