package script

import (
	"strings"
	"testing"
)

func benchmark(b *testing.B, source string) {
	b.Helper()
	s := newStage(b, Options{})
	s.run(source)
	b.ReportAllocs()
	for b.Loop() {
		s.events = s.events[:0]
		if r := s.box.Run(b.Context(), s, &s.call); r.Error != nil {
			b.Fatal(r.Error)
		}
	}
}

func BenchmarkEmptyScript(b *testing.B) { benchmark(b, "") }

func BenchmarkTypicalVippsScript(b *testing.B) { benchmark(b, vippsScript) }

func BenchmarkTenAssertions(b *testing.B) {
	benchmark(b, strings.Repeat("pm.test('a', () => pm.expect(1).to.equal(1));\n", 10))
}

func BenchmarkResponseJSON10MB(b *testing.B) {
	item := `{"id":12345,"name":"Ola Nordmann","tags":["a","b","c"],"price":12.5,"active":true,"note":null}`
	s := newStage(b, Options{Memory: -1})
	s.call.Timeout = 0
	s.call.Response.Body = []byte("[" + strings.Repeat(item+",", 10<<20/(len(item)+1)) + item + "]")
	b.SetBytes(int64(len(s.call.Response.Body)))
	b.ReportAllocs()
	for b.Loop() {
		s.run("pm.expect(pm.response.json()[0].id).to.equal(12345)")
	}
}

// What the first script of a run costs beside the script.
func BenchmarkFirstScript(b *testing.B) {
	cache := NewCache()
	b.ReportAllocs()
	for b.Loop() {
		s := newStage(b, Options{Cache: cache})
		s.run("")
	}
}
