package script

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/fstest"

	"posthaste/collection"
	"posthaste/script/packages"
)

func team(t *testing.T) fstest.MapFS {
	t.Helper()
	files := fstest.MapFS{}
	for name, text := range map[string]string{
		"@team/checks.js": `const { twice } = require('./shared');
			exports.ok = () => pm.test('from a package', () => pm.response.to.have.status(200));
			exports.four = twice(2); exports.here = [__filename, __dirname, typeof module.id].join();
			exports.env = () => pm.environment.get('a');`,
		"@team/shared.js":           "exports.twice = n => n * 2; exports.count = 0; exports.up = () => ++exports.count",
		"@team/kit/index.js":        "module.exports = { config: require('./config'), lodash: require('lodash').VERSION, hash: require('crypto-js').MD5('a').toString() }",
		"@team/kit/config.json":     `{"currency": "NOK"}`,
		"@team/throws.js":           "exports.now = function now() {\n  throw new Error('from inside');\n}\nexports.later = async () => { await null; null.x }",
		"@team/broken.js":           "exports.a = 1;\nlet let = 2;",
		"@team/a.js":                "exports.early = 1; exports.b = require('./b').seen; exports.late = 2",
		"@team/b.js":                "exports.seen = Object.keys(require('./a')).join()",
		"@team/loop.js":             "for(;;){}",
		"@team/deep.js":             "module.exports = eval('('.repeat(1e6))",
		"@team/sees.js":             "module.exports = [typeof pm, typeof _, typeof tests, typeof require].join()",
		"@team/needs.js":            "require('nope')",
		"@team/outside.js":          "require('../secret')",
		"npm/left@1.0.0/index.js":   "module.exports = (s, n) => s.padStart(n); module.exports.sees = [typeof pm, typeof _].join()",
		"npm/loose@1.0.0/index.js":  "",
		"npm/left@1.0.0/lib/esm.js": "export default 1",
		"@team/module.js":           "import { twice as double } from './shared';\nimport * as all from './shared.js';\nexport default n => double(n);\nexport const two = all.twice(1);\nexport function fail() {\n  throw new Error('in a module');\n}",
		"@team/strict.js":           "'use strict';\nexports.names = [typeof require, typeof module, typeof exports, typeof pm].join()",
	} {
		files[name] = &fstest.MapFile{Data: []byte(text)}
	}
	hash, err := packages.New(files).Hash("npm/left@1.0.0")
	if err != nil {
		t.Fatal(err)
	}
	files[packages.LockFile] = &fstest.MapFile{Data: []byte("npm:left@1.0.0 " + hash + "\n")}
	return files
}

func TestPackages(t *testing.T) {
	tests := map[string]struct{ give, want string }{
		"a file of a team":         {"const c = pm.require('@team/checks'); c.ok(); console.log(c.four, c.here)", "4 @team/checks.js,@team,string"},
		"a folder with JSON":       {"const k = pm.require('@team/kit'); console.log(k.config.currency, k.lodash, k.hash.length)", "NOK 4.17.21 32"},
		"an npm package":           {"console.log('[' + pm.require('npm:left@1.0.0')('a', 3) + ']')", "[  a]"},
		"the only version":         {"console.log(pm.require('npm:left') === pm.require('npm:left@1.0.0'))", "true"},
		"circles":                  {"const a = pm.require('@team/a'); console.log(a.b, a.late)", "early 2"},
		"an ES module":             {"const m = pm.require('@team/module'); console.log(m.default(4), m.two, m.__esModule)", "8 2 true"},
		"a place in an ES module":  {"try { pm.require('@team/module').fail() } catch (e) { console.log(e.stack.split('\\n')[1].trim().replace(/\\(\\d+\\)/, '')) }", "at fail (@team/module:7:8)"},
		"a strict file":            {"console.log(pm.require('@team/strict').names)", "function,object,object,object"},
		"variables of the script":  {"pm.environment.set('a', 7); console.log(pm.require('@team/checks').env())", "7"},
		"no legacy globals inside": {"console.log(pm.require('@team/sees'))", "object,undefined,undefined,function"},
		"no pm in a library":       {"console.log(pm.require('npm:left').sees)", "undefined,undefined"},
		"no hash":                  {"try { pm.require('npm:loose') } catch (e) { console.log(e.message.replace(/h1:.*/, 'h1')) }", "package npm:loose is refused: packages.lock has no line for it; once you trust the files, add: npm:loose@1.0.0 h1"},
		"not there":                {"try { pm.require('@team/nope') } catch (e) { console.log(e.message) }", "Cannot find package '@team/nope': there is no @team/nope.js and no @team/nope/index.js in the folder of packages"},
		"a module that is not":     {"try { pm.require('@team/needs') } catch (e) { console.log(e.message) }", "Error in package '@team/needs': Cannot find module 'nope', which @team/needs requires"},
		"out of the folder":        {"try { pm.require('@team/outside') } catch (e) { console.log(e.message) }", "Error in package '@team/outside': Cannot find package '../secret': @team/outside requires ../secret, which lies outside of its package"},
		"a broken file":            {"try { pm.require('@team/broken') } catch (e) { console.log(e.name, e.message) }", "SyntaxError Error in package '@team/broken': let is disallowed as a lexically bound name (@team/broken:2:5)"},
		"bounds hold inside":       {"try { pm.require('@team/deep') } catch (e) { console.log(e.message) }", "Error in package '@team/deep': the script is nested too deeply"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			s := newStage(t, Options{Packages: team(t)}).run(test.give)
			wantLines(t, "console", s.said(), test.want)
		})
	}
}

func TestPackagesAreFreshForEachScript(t *testing.T) {
	s := newStage(t, Options{Packages: team(t)})
	for range 2 {
		s.run("const m = pm.require('@team/shared'); m.up(); console.log(m.up())")
		wantLines(t, "console", s.said(), "2")
	}
}

func TestErrorsInPackagesPointToBoth(t *testing.T) {
	s := newStage(t, Options{Packages: team(t)}).try("const p = pm.require('@team/throws');\np.now()")
	e := s.result.Error
	if e == nil || e.Line != 2 || e.Source != "p.now()" || !strings.Contains(e.Stack, "now (@team/throws:2:") {
		t.Errorf("error %+v, want line 2 of the script and line 2 of the package", e)
	}
	s.try("const p = pm.require('@team/throws');\nawait p.later()")
	if e = s.result.Error; e == nil || !strings.Contains(e.Stack, "@team/throws:4:") {
		t.Errorf("error %+v, want the package's line", e)
	}
}

func TestPackagesCannotBlock(t *testing.T) {
	s := newStage(t, Options{Packages: team(t)})
	s.call.Timeout = 50e6
	if s.try("pm.require('@team/loop')"); !s.result.TimedOut {
		t.Errorf("result %+v, want a timeout", s.result)
	}
}

type box map[string]string

func (b box) Lookup(_ context.Context, key string) (string, bool, error) {
	if key == "broken" {
		return "", false, errors.New("reading broken from the vault: no such item")
	}
	v, ok := b[key]
	return v, ok, nil
}
func (b box) Set(key, value string) error { b[key] = value; return nil }
func (b box) Unset(key string) error      { delete(b, key); return nil }

func TestVault(t *testing.T) {
	tests := map[string]struct{ give, want string }{
		"get":          {"console.log(await pm.vault.get('key'))", "s3cret"},
		"get nothing":  {"console.log(await pm.vault.get('nope'))", "undefined"},
		"set":          {"await pm.vault.set('n', 1); console.log(await pm.vault.get('n'))", "1"},
		"unset":        {"await pm.vault.unset('key'); console.log(await pm.vault.get('key'))", "undefined"},
		"an error":     {"try { await pm.vault.get('broken') } catch (e) { console.log(e.message) }", "reading broken from the vault: no such item"},
		"no text":      {"try { await pm.vault.get(1) } catch (e) { console.log(e.message) }", "pm.vault.get: the key must be text"},
		"with then":    {"pm.vault.get('key').then(v => console.log(v))", "s3cret"},
		"many at once": {"console.log((await Promise.all([1, 2, 3].map(() => pm.vault.get('key')))).join())", "s3cret,s3cret,s3cret"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			s := newStage(t, Options{Vault: box{"key": "s3cret"}}).run(test.give)
			wantLines(t, "console", s.said(), test.want)
		})
	}
}

// A runner is a host that can run requests of the collection.
type requestRunner struct {
	*recorder
	call      *Call
	variables []collection.Variable
}

func (r *requestRunner) PlanRequest(id string, variables []collection.Variable) (NestedRequest, error) {
	r.variables = variables
	if id == "nope" {
		return nil, errors.New("no request nope")
	}
	return &nestedRequest{runner: r, id: id}, nil
}

// A nestedRequest answers with its id.
type nestedRequest struct {
	runner *requestRunner
	id     string
}

func (e *nestedRequest) Run(context.Context) (*Response, error) {
	switch e.id {
	case "skipped":
		return nil, nil
	case "lost":
		return nil, errors.New("connect ECONNREFUSED")
	}
	return &Response{Received: true, Code: 202, Body: []byte(`{"id":"` + e.id + `"}`)}, nil
}

func (e *nestedRequest) Settle() { e.runner.call.Globals.Set("settled", collection.Text(e.id), "") }

func TestRunRequest(t *testing.T) {
	tests := map[string]struct{ give, want string }{
		"an answer":          {"const r = await pm.execution.runRequest('one', {variables: {a: 1, b: 'x'}}); console.log(r.code, r.json().id)", "202 one"},
		"a skipped request":  {"console.log(await pm.execution.runRequest('skipped'))", "null"},
		"an unknown request": {"try { await pm.execution.runRequest('nope') } catch (e) { console.log(e.message) }", "no request nope"},
		"a lost request":     {"try { await pm.execution.runRequest('lost') } catch (e) { console.log(e.message, pm.globals.get('settled')) }", "connect ECONNREFUSED lost"},
		"what it changed":    {"await pm.execution.runRequest('two'); console.log(pm.globals.get('settled'))", "two"},
		"no id":              {"try { await pm.execution.runRequest() } catch (e) { console.log(e.message) }", "runRequest: collection request id not provided"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			s := newStage(t, Options{})
			call := s.call
			host := &requestRunner{recorder: s.recorder, call: &call}
			call.Source = test.give
			if r := s.box.Run(t.Context(), host, &call); r.Error != nil {
				t.Fatal(r.Error)
			}
			wantLines(t, "console", s.said(), test.want)
			if name == "an answer" && len(host.variables) != 2 {
				t.Errorf("variables %v, want a and b", host.variables)
			}
		})
	}
	s := newStage(t, Options{}).run("try { await pm.execution.runRequest('x') } catch (e) { console.log(e.message) }")
	wantLines(t, "console", s.said(), "runRequest: not supported here; use pm.execution.setNextRequest or pm.sendRequest")
}

func TestCheerio(t *testing.T) {
	s := newStage(t, Options{}).run(`const cheerio = require('cheerio');
		const $ = cheerio.load('<ul><li class="a">x</li><li>y</li></ul>'); console.log($('li.a').text(), $('li').length)`)
	wantLines(t, "console", s.said(), "x 2")
	s.run("const $ = cheerio.load('<a href=\"/x\">t</a>'); console.log($('a').attr('href'))")
	wantLines(t, "console", s.said()[1:], "/x")
}

func TestStreamsAreBuffers(t *testing.T) {
	s := newStage(t, Options{}).run("const b = pm.response.stream; console.log(Buffer.isBuffer(b), b.toString().slice(0, 1), b.length > 1)")
	wantLines(t, "console", s.said(), "true { true")
}
