package script

import (
	"fmt"
	"testing"
)

// shelf is a source of libraries for tests.
func shelf(loads *int) func(string) (string, bool) {
	return func(name string) (string, bool) {
		*loads++
		switch name {
		case "lodash", "lodash3":
			return fmt.Sprintf("module.exports = function (x) { return [x] }; module.exports.VERSION = %q; module.exports.map = (a, f) => a.map(f)", name), true
		case "backbone":
			return "exports.late = () => { throw new Error('in backbone') }", true
		}
		return "", false
	}
}

func TestLibraries(t *testing.T) {
	tests := map[string]struct {
		give, want string
		loads      int
	}{
		"required":                        {"console.log(require('lodash').VERSION, require('lodash') === require('lodash'))", "4.17.21 true", 0},
		"the global is version 3":         {"console.log(_.VERSION, typeof _)", `warn: Using "_" is deprecated. Use "require('lodash')" instead.|3.10.1 function`, 0},
		"the global can be called":        {"console.log(_(1).value(), _.map([1], x => x + 1)[0])", `warn: Using "_" is deprecated. Use "require('lodash')" instead.|1 2`, 0},
		"a parameter of that name":        {"console.log([1, 2].map((_, i) => i).join())", "0,1", 0},
		"a constant of that name":         {"const _ = require('lodash'); console.log(_.VERSION)", "4.17.21", 0},
		"errors inside name no user line": {"try { require('backbone').late() } catch (e) { console.log(e.message) }", "in backbone", 1},
		"an empty fs":                     {"console.log(Object.keys(require('fs')).length)", "0", 0},
		"json":                            {"console.log(require('json').parse('[1]')[0])", "1", 0},
		"chai":                            {"require('chai').expect(1).to.equal(1); console.log(typeof require('chai').assert)", "function", 0},
		"postman-collection":              {"const {Url} = require('postman-collection'); console.log(new Url('http://a/b').getPath())", "/b", 0},
		"crypto-js":                       {"console.log(require('crypto-js').MD5('a').toString())", "0cc175b9c0f1b6a831c399e269772661", 0},
		"CryptoJS":                        {"console.log(CryptoJS.MD5('a').toString())", `warn: Using "CryptoJS" is deprecated. Use "require('crypto-js')" instead.|0cc175b9c0f1b6a831c399e269772661`, 0},
		"ajv":                             {"const v = new (require('ajv'))().compile({type: 'number'}); console.log(v(1), v('a'))", "true false", 0},
		"xml2js":                          {"require('xml2js').parseString('<a>1</a>', (e, r) => console.log(r.a))", "1", 0},
		"xml2Json":                        {"console.log(xml2Json('<a><b>1</b></a>').a.b)", `warn: Using "xml2Json" is deprecated. Use "require('xml2js')" instead.|1`, 0},
		"csv-parse":                       {"console.log(require('csv-parse/lib/sync')('a,b\\n1,2', {columns: true})[0].b)", "2", 0},
		"uuid":                            {"console.log(require('uuid').v4().length)", "36", 0},
		"web globals":                     {"console.log(new URL('http://a/b?c=1').searchParams.get('c'), typeof structuredClone, typeof TextEncoder, typeof crypto.randomUUID)", "1 function function function", 0},
		"atob and btoa":                   {"console.log(atob(btoa('hei')))", "hei", 0},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			loads := 0
			s := newStage(t, Options{Libraries: shelf(&loads)}).run(test.give)
			wantLines(t, "console", s.said(), test.want)
			if loads != test.loads {
				t.Errorf("%d libraries loaded, want %d", loads, test.loads)
			}
		})
	}
}

func TestALibraryIsLoadedOnceForARealm(t *testing.T) {
	loads := 0
	s := newStage(t, Options{Libraries: shelf(&loads)})
	s.run("require('lodash').mine = 1").run("console.log(require('lodash').mine)")
	wantLines(t, "console", s.said(), "1")
	if loads != 0 {
		t.Errorf("%d libraries loaded, want none", loads)
	}
}
