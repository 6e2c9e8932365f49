package script

import "testing"

// TestLargeLibraries uses lodash, moment and stream the way scripts do.
func TestLargeLibraries(t *testing.T) {
	tests := map[string]struct{ give, want string }{
		"lodash 4":            {"const l = require('lodash'); console.log(l.VERSION > '4', l.chunk([1, 2, 3], 2).length, l.get({a: {b: 1}}, 'a.b'), l.template('hi <%= x %>')({x: 1}))", "true 2 1 hi 1"},
		"lodash 4 in a chain": {"const _ = require('lodash'); console.log(_([3, 1, 2]).sortBy().map(x => x * 2).value().join())", "2,4,6"},
		"lodash 3":            {"console.log(_.VERSION.slice(0, 1), _.pluck([{a: 1}], 'a')[0], _([3, 1]).sortBy().value().join(), _.contains([1], 1))", `warn: Using "_" is deprecated. Use "require('lodash')" instead.|3 1 1,3 true`},
		"deep equality":       {"const l = require('lodash'); console.log(l.isEqual({a: [1, new Date(0)]}, {a: [1, new Date(0)]}), l.cloneDeep({a: new Map([[1, 2]])}).a.get(1))", "true 2"},
		"moment":              {"const m = require('moment'); console.log(m.utc('2024-01-31').add(1, 'month').format('DD/MM/YYYY'), m.duration(90, 'minutes').humanize())", "29/02/2024 2 hours"},
		"stream, piped": {`const {Readable, Transform, Writable} = require('stream'); const parts = [];
			const up = new Transform({transform(chunk, enc, done) { done(null, chunk.toString().toUpperCase()) }});
			const sink = new Writable({write(chunk, enc, done) { parts.push(chunk.toString()); done() }});
			await new Promise((ok, no) => { const r = new Readable({read() {}}); r.pipe(up).pipe(sink).on('finish', ok).on('error', no); r.push('a'); r.push('bc'); r.push(null) });
			console.log(parts.join('|'))`, "A|BC"},
		"stream, in object mode and for await": {`const {Readable, PassThrough} = require('stream'); const p = new PassThrough({objectMode: true});
			p.write({n: 1}); p.write({n: 2}); p.end(); let n = 0; for await (const x of p) n += x.n; console.log(n)`, "3"},
		"stream, pipeline and finished": {`const {pipeline, finished, PassThrough} = require('stream'); const a = new PassThrough(), b = new PassThrough(); let text = '';
			b.on('data', c => { text += c }); await new Promise((ok, no) => { pipeline(a, b, e => e ? no(e) : ok()); a.end('done') }); console.log(text, typeof finished)`, "done function"},
		"stream, an error":    {`const {Readable} = require('stream'); const r = new Readable({read() { this.destroy(new Error('broken')) }}); await new Promise(ok => { r.on('error', e => { console.log(e.message); ok() }); r.resume() })`, "broken"},
		"stream with Buffers": {`const {Writable} = require('stream'); let got; const w = new Writable({write(c, e, d) { got = c; d() }}); w.write(Buffer.from('hei')); console.log(Buffer.isBuffer(got), got.toString('hex'))`, "true 686569"},
	}
	cache := NewCache()
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			s := newStage(t, Options{Cache: cache}).run(test.give)
			wantLines(t, "console", s.said(), test.want)
		})
	}
}

func BenchmarkLibraries(b *testing.B) {
	s := newStage(b, Options{})
	source := `const l = require('lodash'), m = require('moment'), c = require('crypto-js');
		l.isEqual({a: [1, 2]}, l.cloneDeep({a: [1, 2]}));
		c.HmacSHA256('text', 'key').toString();
		m.utc(0).add(1, 'day').format();`
	s.run(source)
	for b.Loop() {
		s.run(source)
	}
}
