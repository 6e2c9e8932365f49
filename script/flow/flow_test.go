package flow_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"posthaste/script/flow"
)

// gist is what the tables below compare: a line for each thing found.
func gist(s *flow.Script) string {
	var lines []string
	add := func(parts ...string) { lines = append(lines, strings.Join(parts, " ")) }
	if s.Fault != nil {
		add("fault", s.Fault.Message)
	}
	for _, u := range s.Uses {
		add("get", u.Scope+":"+u.Name)
	}
	for _, v := range s.Sets {
		words := []string{"set", v.Scope + ":" + v.Name}
		for _, r := range v.Reads {
			words = append(words, "from", "."+strings.Join(r.Path, "."))
		}
		for _, c := range v.Codes {
			words = append(words, "on", digits(c.Status))
		}
		if v.Bare {
			words = append(words, "bare")
		}
		if v.Empty {
			words = append(words, "empty")
		}
		add(words...)
	}
	for _, j := range s.Jumps {
		add("jump", j.Target)
	}
	for _, x := range s.Tests {
		add("test", strings.TrimSpace(x.Name+": "+x.Vacuous))
	}
	for _, c := range s.Expects {
		add("expect", digits(c.Status))
	}
	if len(s.Hollow) > 0 {
		add("hollow", digits(len(s.Hollow)))
	}
	if s.SetsUnknown {
		add("sets unknown")
	}
	if s.JumpsUnknown {
		add("jumps unknown")
	}
	return strings.Join(lines, "\n")
}

func digits(n int) string {
	if n < 10 {
		return string(rune('0' + n))
	}
	return digits(n/10) + string(rune('0'+n%10))
}

func TestVariables(t *testing.T) {
	tests := map[string]struct{ source, want string }{
		"nothing":                       {"", ""},
		"a token as it stands":          {`pm.environment.set("t", pm.response.json().access_token)`, "set environment:t from .access_token bare"},
		"a token with its scheme":       {`pm.environment.set('A', 'Bearer ' + pm.response.json().access_token)`, "set environment:A from .access_token"},
		"the legacy API":                {`var j = JSON.parse(responseBody); postman.setEnvironmentVariable("s", j?.profile?.sub)`, "set environment:s from .profile.sub bare"},
		"a name that hides the host's":  {`const responseBody = pm.response.json(); pm.globals.set("w", responseBody.id)`, "set global:w from .id bare"},
		"by destructuring":              {`const {id, a: {b}} = pm.response.json(); pm.collectionVariables.set("x", id); pm.variables.set("y", b)`, "set collection:x from .id bare\nset local:y from .a.b bare"},
		"through other variables":       {`let u = pm.response.json().url; let p = u.split("=", 3)[2]; pm.environment.set("p", p)`, "set environment:p from .url"},
		"of a list":                     {`var l = pm.response.json().merchants; pm.environment.set("m", l[0].msn)`, "set environment:m from .merchants.[].msn bare"},
		"a constant name":               {`const k = "a" + "b"; pm.environment.set(k, 1)`, "set environment:ab"},
		"one of two names":              {`pm.environment.set(x ? "a" : "b", 1)`, "set environment:a\nset environment:b"},
		"a computed name":               {`for (const k of Object.keys(o)) pm.environment.set(k, o[k])`, "sets unknown"},
		"an alias of a scope":           {`const e = pm.environment; e.set("a", e.get("b"))`, "get environment:b\nset environment:a"},
		"cleared":                       {`pm.environment.set("a", "")`, "set environment:a empty"},
		"read by every way":             {"environment.a; globals['b']; data.c; pm.iterationData.get('d'); pm.variables.replaceIn('{{e}}-{{f}}'); pm.variables.get(`g`)", "get environment:a\nget global:b\nget data:c\nget data:d\nget :e\nget :f\nget :g"},
		"in the callback of a request":  {`pm.sendRequest("u", (err, res) => { pm.environment.set("t", res.json().access_token) })`, "set environment:t"},
		"a template":                    {"pm.environment.set('A', `Bearer ${pm.response.json().access_token}`)", "set environment:A from .access_token"},
		"a header, which is no field":   {`pm.environment.set("c", pm.response.headers.get("X"))`, "set environment:c"},
		"mapped":                        {`pm.environment.set("i", pm.response.json().attachments.map(a => a.id))`, "set environment:i from .attachments"},
		"a parameter named as the host": {`function f(data) { return data.x } f(1)`, ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(gist(flow.Analyse(tt.source)), tt.want); diff != "" {
				t.Errorf("got (-), want (+):\n%s", diff)
			}
		})
	}
}

func TestStatus(t *testing.T) {
	tests := map[string]struct{ source, want string }{
		"an if":                   {`if (pm.response.code === 200) { pm.environment.set("a", 1) } pm.environment.set("b", 1)`, "set environment:a on 200\nset environment:b"},
		"one of two":              {`if (pm.response.code == 200 || 201 == responseCode.code) pm.environment.set("a", 1)`, "set environment:a on 200 on 201"},
		"a list":                  {`if ([200, 202].includes(pm.response.code)) pm.environment.set("a", 1)`, "set environment:a on 200 on 202"},
		"and something else":      {`if (pm.response.code === 201 && x) pm.environment.set("a", 1)`, "set environment:a on 201"},
		"the condition of and":    {`pm.response.code === 201 && pm.environment.set("a", 1)`, "set environment:a on 201"},
		"a condition with a name": {`const ok = pm.response.code === 200; if (ok) pm.environment.set("a", 1)`, "set environment:a on 200"},
		"a status with a name":    {`const c = pm.response.code; if (c === 200) pm.environment.set("a", 1)`, "set environment:a on 200"},
		"an early return":         {`if (pm.response.code !== 200) { return } pm.environment.set("a", 1)`, "set environment:a on 200"},
		"else":                    {`if (pm.response.code !== 200) { console.log(1) } else { pm.environment.set("a", 1) }`, "set environment:a on 200"},
		"an assertion before it":  {`pm.test("t", () => { pm.response.to.have.status(201); pm.environment.set("a", 1) }); pm.environment.set("b", 1)`, "set environment:a on 201\nset environment:b\ntest t:\nexpect 201"},
		"expect of the code":      {`pm.test("t", () => { pm.expect(pm.response.code).to.be.oneOf([200, 201]) })`, "test t:\nexpect 200\nexpect 201"},
		"a range":                 {`pm.test("t", () => { pm.expect(pm.response.code).to.be.within(400, 402) })`, "test t:\nexpect 400\nexpect 401\nexpect 402"},
		"expect equal":            {`pm.expect(pm.response.code).to.equal(204)`, "expect 204"},
		"the phrase":              {`pm.response.to.have.status("Created")`, "expect 201"},
		"a negation":              {`pm.response.to.not.have.status(500)`, ""},
		"the legacy tests":        {`tests["is 200"] = responseCode.code === 200`, "test is 200:\nexpect 200"},
		"of another answer":       {`pm.sendRequest("u", (_, r) => pm.expect(r).to.have.status(204))`, ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(gist(flow.Analyse(tt.source)), tt.want); diff != "" {
				t.Errorf("got (-), want (+):\n%s", diff)
			}
		})
	}
}

func TestTests(t *testing.T) {
	tests := map[string]struct{ source, want string }{
		"one that can fail":               {`pm.test("a", function () { pm.expect(1).to.equal(2) })`, "test a:"},
		"an empty one":                    {`pm.test("a", () => {})`, "test a: has no assertion"},
		"one without function":            {`pm.test("a")`, "test a: has no assertion"},
		"one that only logs":              {`pm.test("a", () => { console.log(pm.response.text()) })`, "test a: has no assertion"},
		"one that parses":                 {`pm.test("a", () => { pm.response.json() })`, "test a:"},
		"one that throws":                 {`pm.test("a", () => { if (x) throw new Error("no") })`, "test a:"},
		"an expectation without a word":   {`pm.test("a", () => { pm.expect(x) })`, "test a: says what to look at and not what to expect of it"},
		"a chain that ends in a word":     {`pm.test("a", () => { pm.expect(x).to.be })`, "test a: says what to look at and not what to expect of it"},
		"a method that is not called":     {`pm.test("a", () => pm.expect(x).to.equal)`, "test a: says what to look at and not what to expect of it"},
		"a property that asserts":         {`pm.test("a", () => { pm.expect(x).to.be.true; pm.response.to.be.ok })`, "test a:"},
		"a chain behind a call":           {`pm.test("a", () => { pm.expect(x).to.be.a("string").and.not.be.empty })`, "test a:"},
		"true is true":                    {`pm.test("a", () => { pm.expect(true).to.be.true; pm.expect(true).to.equal(true) })`, "test a: compares true with true, whatever the answer is"},
		"swallowed":                       {`pm.test("a", () => { try { pm.expect(x).to.equal(1) } catch (e) { console.log(e) } })`, "test a: catches what its assertions throw, so it never fails"},
		"caught and thrown again":         {`pm.test("a", () => { try { pm.expect(x).to.equal(1) } catch (e) { throw e } })`, "test a:"},
		"one that calls its own function": {`function check() { pm.expect(1).to.equal(2) } pm.test("a", () => check())`, "test a:"},
		"one whose function is elsewhere": {`function check() {} pm.test("a", check)`, "test a:"},
		"legacy true":                     {`tests["a"] = true`, "test a: is set to true, whatever the answer is"},
		"legacy true or false":            {`tests["a"] = true; try { JSON.parse(responseBody) } catch (e) { tests["a"] = false }`, "test a:\ntest a:"},
		"legacy true in a try":            {`try { JSON.parse(responseBody); tests["a"] = true } catch (e) {}`, "test a:"},
		"legacy true under a condition":   {`if (x.ready) { tests["a"] = true }`, "test a:"},
		"legacy true under a status":      {`if (pm.response.code === 200) { tests["a"] = true }`, "test a:"},
		"legacy true in a function":       {`list.forEach(function () { tests["a"] = true })`, "test a:"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(gist(flow.Analyse(tt.source)), tt.want); diff != "" {
				t.Errorf("got (-), want (+):\n%s", diff)
			}
		})
	}
}

func TestJumps(t *testing.T) {
	tests := map[string]struct{ source, want string }{
		"by three names": {`postman.setNextRequest("a"); pm.setNextRequest("b"); pm.execution.setNextRequest("c")`, "jump a\njump b\njump c"},
		"the end":        {`pm.execution.setNextRequest(null)`, ""},
		"one of two":     {`postman.setNextRequest(x ? "a" : "b")`, "jump a\njump b"},
		"computed":       {`postman.setNextRequest(pm.environment.get("next"))`, "get environment:next\njumps unknown"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(gist(flow.Analyse(tt.source)), tt.want); diff != "" {
				t.Errorf("got (-), want (+):\n%s", diff)
			}
		})
	}
}

func TestPlaces(t *testing.T) {
	s := flow.Analyse("var x = 1;\r\n  pm.environment.set(\"næme\", x);\nfoo(`${pm.environment.get('y')}`)")
	if got, want := s.Sets[0].Place, (flow.Place{Line: 2, Col: 22, Len: 7}); got != want {
		t.Errorf("set at %v, want %v", got, want)
	}
	if got, want := s.Uses[0].Place, (flow.Place{Line: 3, Col: 27, Len: 3}); got != want {
		t.Errorf("get at %v, want %v", got, want)
	}
	broken := flow.Analyse("let a = {\n  b: 1\n  c: 2\n}")
	if broken.Fault == nil || broken.Fault.Place.Line != 3 || broken.Fault.Place.Col != 3 {
		t.Errorf("fault %+v, want one at 3:3", broken.Fault)
	}
}

// The work grows with the text, whatever is nested in what.
func TestBounds(t *testing.T) {
	tests := map[string]string{
		"calls on calls":       "x" + strings.Repeat(".then(f)", 1000),
		"names made of names":  "var a0 = pm.response.json().a;" + doubled(200) + "pm.environment.set('x', a199)",
		"nested calls":         strings.Repeat("f(", 1000) + strings.Repeat(")", 1000),
		"chains of conditions": "pm.environment.set(" + strings.Repeat("x ? 'a' : ", 500) + "'b', 1)",
		"sums":                 "pm.environment.set('x', " + strings.Repeat("pm.response.json().a + ", 500) + "1)",
	}
	for name, source := range tests {
		t.Run(name, func(t *testing.T) {
			if s := flow.Analyse(source); s.Fault != nil {
				t.Errorf("got %v", s.Fault)
			}
		})
	}
}

// doubled declares n names, each twice the one before.
func doubled(n int) string {
	var b strings.Builder
	for i := 1; i < n; i++ {
		b.WriteString("var a" + digits(i) + " = a" + digits(i-1) + " + a" + digits(i-1) + ";")
	}
	return b.String()
}

func FuzzAnalyse(f *testing.F) {
	for _, seed := range []string{
		`pm.environment.set("t", pm.response.json().access_token)`, `let {a: [b, ...c], ...d} = e`, "x?.y?.[z]`${q}`", "class A { #b = 1; static { } }",
		`for (const a of b) {} switch (c) { case 1: default: } try {} finally {}`, `pm.test("a", async function* () { yield* await 1 })`, "})()})(() => {", "let a = a; a.b = a.b",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, source string) {
		s := flow.Analyse(source)
		lines := strings.Count(source, "\n") + 1
		for _, v := range s.Sets {
			if v.Place.Line < 1 || v.Place.Line > lines || v.Place.Col < 1 {
				t.Errorf("set at %v of %d lines", v.Place, lines)
			}
		}
	})
}
