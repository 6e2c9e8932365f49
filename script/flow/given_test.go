package flow

import (
	"slices"
	"testing"
)

func TestGiveIsSureOnlyOfWhatItUnderstands(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		source  string
		sure    bool
		names   []string
		request bool
	}{
		"nothing": {"", true, nil, false},
		"a test":  {`pm.test("x", () => pm.expect(pm.response.code).to.equal(200));`, true, nil, false},
		"names that are written": {`pm.environment.set("a", 1); pm . globals
			.set( 'b' , x ); pm.collectionVariables.set("c"); postman.setEnvironmentVariable("d", 2)`, true, []string{"a", "b", "c", "d"}, false},
		"a name in a callback":            {`pm.sendRequest("http://x", (e, r) => { pm.variables.set("a", r.json().a) })`, true, []string{"a"}, false},
		"reading":                         {`pm.environment.get(x); pm.variables.replaceIn(y); pm.iterationData.get(z)`, true, nil, false},
		"the request":                     {`pm.request.headers.add({key: "a", value: "b"})`, true, nil, true},
		"a property that is called so":    {`x.environment = 1; y.pm = 2`, true, nil, false},
		"a computed name":                 {`pm.environment.set("a" + b, 1)`, false, nil, false},
		"a name in a variable":            {`pm.environment.set(name, 1)`, false, nil, false},
		"a template":                      {"pm.environment.set(`a`, 1)", false, nil, false},
		"a name with an escape":           {`pm.environment.set("\x61", 1)`, false, nil, false},
		"a method in a variable":          {`const f = pm.environment.set; f("a", 1)`, false, nil, false},
		"a method that is called by call": {`pm.environment.set.call(pm.environment, "a", 1)`, false, nil, false},
		"a scope in a variable":           {`const e = pm.environment; e.set("a", 1)`, false, nil, false},
		"a scope by brackets":             {`pm["environment"].set("a", 1)`, false, nil, false},
		"pm in a variable":                {`const p = pm; p.environment.set("a", 1)`, false, nil, false},
		"pm given away":                   {`f(pm)`, false, nil, false},
		"pm taken apart":                  {`const {environment} = pm; environment.set("a", 1)`, false, nil, false},
		"pm by an escape":                 {`\u0070m.environment.set(x, 1)`, false, nil, false},
		"pm by the global object":         {`globalThis["p" + "m"].environment.set("a", 1)`, false, nil, false},
		"an optional chain":               {`pm?.environment.set(x, 1)`, false, nil, false},
		"a comment between":               {`pm./**/environment.set(x, 1)`, false, nil, false},
		"eval":                            {`eval("1")`, false, nil, false},
		"Function":                        {`new Function("return pm")()`, false, nil, false},
		"a constructor":                   {`f.constructor("return pm")()`, false, nil, false},
		"require":                         {`require("x")`, false, nil, false},
		"a package":                       {`pm.require("@team/x")`, false, nil, false},
		"the vault":                       {`pm.vault.get("x")`, false, nil, false},
		"a request that is run":           {`pm.execution.runRequest("x")`, false, nil, false},
		"a request that is skipped":       {`pm.execution.skipRequest()`, false, nil, false},
		"a jump":                          {`postman.setNextRequest("x")`, false, nil, false},
		"the values of a scope":           {`pm.environment.values.add({key: "a", value: 1})`, false, nil, false},
		"the old environment":             {`environment["a"] = 1`, false, nil, false},
		"a word after other letters":      {`spm.environment.set("a" + b, 1)`, true, nil, false},
		"half a call":                     {`pm.environment.set(`, false, nil, false},
		"half a name":                     {`pm.environment.set("a`, false, nil, false},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			g := Give(c.source)
			if g.Sure != c.sure || g.Request != c.request || c.sure && !slices.Equal(g.Names, c.names) {
				t.Errorf("Give(%q) = %+v, want sure %v, names %q, request %v", c.source, g, c.sure, c.names, c.request)
			}
		})
	}
}

func FuzzGive(f *testing.F) {
	f.Add(`pm.environment.set("a", 1)`)
	f.Add(`postman . setGlobalVariable ( 'x' )`)
	f.Fuzz(func(t *testing.T, source string) {
		g := Give(source)
		if found := Analyse(source); g.Sure && found.Fault == nil {
			for _, set := range found.Sets { // what is found in the syntax is among what is found in the words
				if !slices.Contains(g.Names, set.Name) && set.Name != "" {
					t.Errorf("%q sets %q, and Give is sure of %q", source, set.Name, g.Names)
				}
			}
		}
	})
}
