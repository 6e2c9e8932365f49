package script

import "testing"

func TestLibraries(t *testing.T) {
	tests := map[string]struct{ give, want string }{
		"required":                 {"console.log(require('lodash').VERSION, require('lodash') === require('lodash'))", "4.17.21 true"},
		"the global is version 3":  {"console.log(_.VERSION, typeof _)", `warn: Using "_" is deprecated. Use "require('lodash')" instead.|3.10.2 function`},
		"the global can be called": {"console.log(_(1).value(), _.map([1], x => x + 1)[0])", `warn: Using "_" is deprecated. Use "require('lodash')" instead.|1 2`},
		"a parameter of that name": {"console.log([1, 2].map((_, i) => i).join())", "0,1"},
		"a constant of that name":  {"const _ = require('lodash'); console.log(_.VERSION)", "4.17.21"},
		"backbone":                 {"try { require('backbone') } catch (e) { console.log(e.message.includes('--packages')) }", "true"},
		"an empty fs":              {"console.log(Object.keys(require('fs')).length)", "0"},
		"json":                     {"console.log(require('json').parse('[1]')[0])", "1"},
		"chai":                     {"require('chai').expect(1).to.equal(1); console.log(typeof require('chai').assert)", "function"},
		"postman-collection":       {"const {Url} = require('postman-collection'); console.log(new Url('http://a/b').getPath())", "/b"},
		"crypto-js":                {"console.log(require('crypto-js').MD5('a').toString())", "0cc175b9c0f1b6a831c399e269772661"},
		"CryptoJS":                 {"console.log(CryptoJS.MD5('a').toString())", `warn: Using "CryptoJS" is deprecated. Use "require('crypto-js')" instead.|0cc175b9c0f1b6a831c399e269772661`},
		"ajv":                      {"const v = new (require('ajv'))().compile({type: 'number'}); console.log(v(1), v('a'))", "true false"},
		"xml2js":                   {"require('xml2js').parseString('<a>1</a>', (e, r) => console.log(r.a))", "1"},
		"xml2Json":                 {"console.log(xml2Json('<a><b>1</b></a>').a.b)", `warn: Using "xml2Json" is deprecated. Use "require('xml2js')" instead.|1`},
		"csv-parse":                {"console.log(require('csv-parse/lib/sync')('a,b\\n1,2', {columns: true})[0].b)", "2"},
		"uuid":                     {"console.log(require('uuid').v4().length)", "36"},
		"web globals":              {"console.log(new URL('http://a/b?c=1').searchParams.get('c'), typeof structuredClone, typeof TextEncoder, typeof crypto.randomUUID)", "1 function function function"},
		"atob and btoa":            {"console.log(atob(btoa('hei')))", "hei"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			wantLines(t, "console", newStage(t, Options{}).run(test.give).said(), test.want)
		})
	}
}

func TestALibraryIsLoadedOnceForARealm(t *testing.T) {
	s := newStage(t, Options{})
	s.run("require('lodash').mine = 1").run("console.log(require('lodash').mine)")
	wantLines(t, "console", s.said(), "1")
}
