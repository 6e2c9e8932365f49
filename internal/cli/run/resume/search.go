package resume

import (
	"encoding/json"
	"slices"
	"strings"

	"posthaste/collection"
	"posthaste/internal/ledger"
	"posthaste/internal/redact"
	"posthaste/runner"
	"posthaste/runner/event"
	"posthaste/runner/teardown"
)

// A Search looks for what only the server knows: the run was ended while it asked for
// something whose id the server chooses, so that no script has it.
type Search struct {
	Rule    *ledger.Rule      // of what was asked for; nil where nothing has to be looked for
	pending *event.Checkpoint // the request without an answer
}

// SearchOf returns what has to be looked for of what a run has left; it has no rule where
// the collection's own teardown finds everything.
func SearchOf(left teardown.Left) Search {
	if left.Unanswered == nil {
		return Search{}
	}
	rules, err := ledger.Vipps()
	if err != nil {
		return Search{} // the run itself has warned of it
	}
	return Search{Rule: ledger.Find(rules, left.Unanswered.Method, left.Unanswered.URL), pending: left.Unanswered}
}

// Replaces makes the search the whole teardown of a run: a request that lists, and fails when
// the server has something like what was asked for, and names it. It deletes nothing: an older
// thing may look the same. It reports whether the collection has a request to make it from.
func (s Search) Replaces(opt *runner.Options) bool {
	asked := func(item *collection.Item) bool {
		return s.Rule.Creates(item.Request.Method, "/"+strings.Join(item.Request.URL.Path, "/"))
	}
	requests := opt.Collection.Requests()
	i := slices.IndexFunc(requests, asked)
	if i < 0 {
		return false
	}
	item := listed(requests[i], s.Rule, s.pending)
	c := *opt.Collection
	c.Items = append(slices.Clip(c.Items), item)
	opt.Collection = &c
	opt.Teardown = func(one *collection.Item) bool { return one == item }
	return true
}

// listed is the request that lists, with the headers and the authentication of the one that
// creates, and with the path that the run has sent: the teardown may have changed what its
// variables hold.
func listed(creates *collection.Item, rule *ledger.Rule, sent *event.Checkpoint) *collection.Item {
	q := *creates.Request
	q.Method, q.Body = "GET", nil
	q.URL.Path = slices.Clone(q.URL.Path)
	path := collection.ParseURL(sent.URL).Path
	for i := range q.URL.Path {
		// A path of the base address stands before.
		if at := len(path) - len(q.URL.Path) + i; at >= 0 && !strings.Contains(path[at], redact.Mask) {
			q.URL.Path[i] = path[at]
		}
	}
	return &collection.Item{
		ID: creates.ID + "-list", Name: "Look for a " + rule.Kind + " that only the server knows", Request: &q, File: creates.File, Pos: creates.Pos,
		Parent: creates.Parent, Behavior: creates.Behavior,
		Events: []collection.Event{{Listen: "test", HasScript: true, Script: collection.Script{Type: "text/javascript", Source: listingScript(rule, sent.Body.Data)}}},
	}
}

// listingScript compares the members that are known of what was asked for; one that the
// request lacked is absent in what is like it. A masked one tells nothing, so that more things
// are like it.
func listingScript(rule *ledger.Rule, sent []byte) string {
	var body map[string]any
	same := map[string]any{}
	if json.Unmarshal(sent, &body) == nil {
		for _, name := range rule.List.Same {
			if text, isText := body[name].(string); !isText || !strings.Contains(text, redact.Mask) {
				same[name] = body[name]
			}
		}
	}
	text := func(v any) string {
		data, err := json.Marshal(v)
		if err != nil {
			return "null" // what was read from JSON can be written as JSON
		}
		return string(data)
	}
	return strings.NewReplacer("SAME", text(same), "OVER", text(append([]string{}, rule.List.Over...)), "ITEMS", text(rule.List.Items), "KIND", rule.Kind).Replace(`
pm.test('no KIND is left that only the server knows', () => {
    if (pm.response.code === 404) {
        return; // what it would belong to is not there
    }
    pm.expect(pm.response.code, 'status').to.be.below(300);
    const same = SAME, over = OVER, items = ITEMS;
    const list = items ? pm.response.json()[items] : pm.response.json();
    const alike = list.filter((one) => !over.includes(one.status) &&
        Object.keys(same).every((name) => JSON.stringify(one[name] ?? null) === JSON.stringify(same[name])));
    pm.expect(alike.map((one) => one.id).join(', '),
        'no answer told the id of the KIND that the run asked for; these are like it, delete those that are of the run').to.equal('');
});`)
}
