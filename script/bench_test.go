package script

import (
	"runtime"
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

// The two scripts of a payment, as in the workload c of bench.
const (
	beforePayment = "pm.environment.set('reference', 'r-' + pm.info.iteration + '-0');"
	afterPayment  = `const b = pm.response.json();
pm.test('status', () => pm.response.to.have.status(200));
pm.test('state', () => pm.expect(b.state).to.equal('CREATED'));
pm.test('amount', () => pm.expect(b.amount.value).to.eql(49900));`
)

// BenchmarkScriptedRequest tells what the scripts of one request cost in a run, without the request.
func BenchmarkScriptedRequest(b *testing.B) {
	s := newStage(b, Options{})
	s.call.Response.ID = "6f2ad4fe-9d3c-4f3b-8a55-0d6f4ff6a0c1"
	s.call.Response.Body = []byte(`{"reference":"abc-123","state":"CREATED","amount":{"currency":"NOK","value":49900},"pspReference":"p-1",` +
		`"aggregate":{"authorizedAmount":{"value":49900},"capturedAmount":{"value":0}},"redirectUrl":"https://landing.example/x?token=abc"}`)
	s.call.Timeout = 0
	before, after := s.call, s.call
	before.Source, before.Listen, before.Response = beforePayment, "prerequest", nil
	after.Source = afterPayment
	b.ReportAllocs()
	Drive(func(d *Driver) {
		s.box.Drive(d)
		for b.Loop() {
			s.events = s.events[:0]
			for _, call := range []*Call{&before, &after} {
				if r := s.box.Run(b.Context(), s, call); r.Error != nil || r.Failed > 0 {
					b.Fatal(r.Error)
				}
			}
			before.Iteration++
		}
	})
}

func BenchmarkTenAssertions(b *testing.B) {
	benchmark(b, strings.Repeat("pm.test('a', () => pm.expect(1).to.equal(1));\n", 10))
}

// bigAnswer is a stage whose response is a list of 10 MB.
func bigAnswer(tb testing.TB) *stage {
	tb.Helper()
	item := `{"id":12345,"name":"Ola Nordmann","tags":["a","b","c"],"price":12.5,"active":true,"note":null}`
	s := newStage(tb, Options{Memory: -1})
	s.call.Timeout = 0
	s.call.Response.Body = []byte("[" + strings.Repeat(item+",", 10<<20/(len(item)+1)) + item + "]")
	return s
}

// allocated returns how many times the size of the body a script allocates.
func allocated(s *stage, run func()) float64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	run()
	runtime.ReadMemStats(&after)
	return float64(after.TotalAlloc-before.TotalAlloc) / float64(len(s.call.Response.Body))
}

const readBigAnswer = "pm.expect(pm.response.json()[0].id).to.equal(12345)"

func BenchmarkResponseJSON10MB(b *testing.B) {
	s := bigAnswer(b)
	b.SetBytes(int64(len(s.call.Response.Body)))
	b.ReportAllocs()
	total := allocated(s, func() {
		for b.Loop() {
			s.run(readBigAnswer)
		}
	})
	b.ReportMetric(total/float64(b.N), "allocB") // times the body
}

func TestJSONOfALargeAnswerAllocatesLittle(t *testing.T) {
	if testing.Short() {
		t.Skip("skipped: short (it reads 10 MB)")
	}
	s := bigAnswer(t)
	s.run("")
	if got := allocated(s, func() { s.run(readBigAnswer) }); got >= 1 {
		t.Errorf("reading one item of the answer allocates %.1f times its size, want less than 1", got)
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

// What the first use of each library costs in a realm, when its program was compiled before.
func BenchmarkLoad(b *testing.B) {
	names := []string{
		"ajv", "assert", "buffer", "chai", "cheerio", "crypto-js", "csv-parse/lib/sync", "events", "lodash",
		"moment", "os", "path",
		"postman-collection", "punycode", "querystring", "stream", "string_decoder", "timers", "tv4", "url", "util", "uuid", "xml2js", "_",
	}
	for _, name := range names {
		b.Run(name, func(b *testing.B) {
			code := "require('" + name + "')"
			if name == "_" {
				code = "_.map" // lodash 3, which is global
			}
			cache := NewCache()
			for b.Loop() {
				b.StopTimer()
				s := newStage(b, Options{Cache: cache})
				s.run("")
				b.StartTimer()
				s.run(code)
			}
		})
	}
}
