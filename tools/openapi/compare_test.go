package openapi

import (
	"encoding/json"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/routers"
)

// A disagreement is a kind of answer that Posthaste's contract and the library judge differently.
type disagreement struct {
	says string // a piece of what the one of them says that finds something
	why  string
}

// disagreements are all kinds that there are among the answers of these tests.
func disagreements() []disagreement {
	return []disagreement{
		{"doesn't match the format", "the library always asks for some formats; the contract does with --openapi-formats"},
		{"Content-Type has unexpected value: \"\"", "a 204 has no body (RFC 9110, 15.3.5), whatever the file says; the library asks for its type"},
		{"unsupported content type", "the library reads neither text/html nor JSON under its old name text/json; of the former the contract looks at the type alone"},
	}
}

// A comparison holds answers against a file by Posthaste's contract, too, and counts: the library does not share the contract's
// assumptions. It is used by one goroutine.
type comparison struct {
	agreed, wrong int // answers that both judge alike, and those of them that both find wrong
	met           map[int]bool
}

// add compares the verdicts on an answer. why is the library's, "" where the answer is as specified.
func (c *comparison) add(t *testing.T, s spec, route *routers.Route, params map[string]string, a answer, why string) {
	t.Helper()
	own := s.judged(route, params, a)
	if (why == "") == (len(own) == 0) {
		c.agreed++
		if why != "" {
			c.wrong++
		}
		return
	}
	for i, d := range disagreements() {
		if len(own) == 0 && strings.Contains(why, d.says) {
			if c.met == nil {
				c.met = map[int]bool{}
			}
			c.met[i] = true
			return
		}
	}
	who, said := "the library", why
	if len(own) > 0 {
		who, said = "the contract", own[0].Text()
	}
	t.Errorf("%s: %s %s %d: only %s says: %.300s\n%.300s", s.name, a.method, route.Path, a.status, who, said, a.body)
}

// damaged changes one thing in a response: its status, its type, or a value, a field or an element of its JSON body. It is false
// for a body that is no JSON.
func damaged(r *rand.Rand, a answer) (answer, bool) {
	var body any
	if json.Unmarshal(a.body, &body) != nil {
		return a, false
	}
	switch r.IntN(20) {
	case 0:
		a.status = []int{200, 201, 202, 204, 400, 404, 418, 500, 503}[r.IntN(9)]
		return a, true
	case 1:
		a.header = a.header.Clone()
		a.header.Set("Content-Type", []string{"text/html", "application/problem+json", "application/xml", "text/json"}[r.IntN(4)])
		return a, true
	}
	data, err := json.Marshal(damagedValue(r, body))
	a.body = data
	return a, err == nil
}

// damagedValue changes one thing in a value, or in one that it holds.
func damagedValue(r *rand.Rand, v any) any {
	switch v := v.(type) {
	case map[string]any:
		keys := slices.Sorted(maps.Keys(v))
		if len(keys) == 0 || r.IntN(12) == 0 {
			v["unheardOf"] = true
			return v
		}
		key := keys[r.IntN(len(keys))]
		if r.IntN(4) == 0 {
			delete(v, key)
			return v
		}
		v[key] = damagedValue(r, v[key])
		return v
	case []any:
		if len(v) == 0 || r.IntN(6) == 0 {
			return append(v, nil)
		}
		i := r.IntN(len(v))
		v[i] = damagedValue(r, v[i])
		return v
	}
	return []any{nil, "", "text", -1, 1.5, 1e12, 7, true, []any{}, map[string]any{}, strings.Repeat("x", 300)}[r.IntN(11)]
}

// end says how much was compared.
func (c *comparison) end(t *testing.T) {
	t.Helper()
	t.Logf("the contract and the library agree about %d answers, %d of them wrong", c.agreed, c.wrong)
	if c.wrong == 0 {
		t.Error("no answer is wrong to both: the comparison shows nothing")
	}
}

// allMet reports disagreements that are gone.
func (c *comparison) allMet(t *testing.T) {
	t.Helper()
	for i, d := range disagreements() {
		if !c.met[i] {
			t.Errorf("the contract and the library agree by now: %s", d.says)
		}
	}
}
