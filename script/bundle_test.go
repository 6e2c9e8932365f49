package script

import (
	"os"
	"testing"

	"posthaste/script/jslib"
)

// TestBundledLibraries uses the real lodash and moment where make libs has fetched them.
func TestBundledLibraries(t *testing.T) {
	if _, ok := jslib.Source("lodash"); !ok {
		if os.Getenv("REQUIRE_JSLIBS") != "" {
			t.Fatal("the bundles are missing; run make libs")
		}
		t.Skip("the bundles are not built in; run make libs")
	}
	tests := map[string]struct{ give, want string }{
		"lodash 4":            {"const l = require('lodash'); console.log(l.VERSION > '4', l.chunk([1, 2, 3], 2).length, l.get({a: {b: 1}}, 'a.b'), l.template('hi <%= x %>')({x: 1}))", "true 2 1 hi 1"},
		"lodash 4 in a chain": {"const _ = require('lodash'); console.log(_([3, 1, 2]).sortBy().map(x => x * 2).value().join())", "2,4,6"},
		"lodash 3":            {"console.log(_.VERSION.slice(0, 1), _.pluck([{a: 1}], 'a')[0], _([3, 1]).sortBy().value().join(), _.contains([1], 1))", `warn: Using "_" is deprecated. Use "require('lodash')" instead.|3 1 1,3 true`},
		"deep equality":       {"const l = require('lodash'); console.log(l.isEqual({a: [1, new Date(0)]}, {a: [1, new Date(0)]}), l.cloneDeep({a: new Map([[1, 2]])}).a.get(1))", "true 2"},
		"moment":              {"const m = require('moment'); console.log(m.utc('2024-01-31').add(1, 'month').format('DD/MM/YYYY'), m.duration(90, 'minutes').humanize())", "29/02/2024 2 hours"},
	}
	cache := NewCache()
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			s := newStage(t, Options{Libraries: jslib.Source, Cache: cache}).run(test.give)
			wantLines(t, "console", s.said(), test.want)
		})
	}
}

func BenchmarkLibraries(b *testing.B) {
	if _, ok := jslib.Source("moment"); !ok {
		b.Skip("the bundles are not built in; run make libs")
	}
	s := newStage(b, Options{Libraries: jslib.Source})
	source := `const l = require('lodash'), m = require('moment'), c = require('crypto-js');
		l.isEqual({a: [1, 2]}, l.cloneDeep({a: [1, 2]}));
		c.HmacSHA256('text', 'key').toString();
		m.utc(0).add(1, 'day').format();`
	s.run(source)
	for b.Loop() {
		s.run(source)
	}
}
