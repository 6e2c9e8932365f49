package run

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

// listing adds to a teardown a request that looks for what only the server knows: the run was
// ended while it asked for something whose id the server chooses, so that no script has it. It
// fails when the server has something like it, and names it. It deletes nothing: an older thing
// may look the same. Where the collection's own teardown has found it, the list has none.
func (r *running) listing(opt *runner.Options, left teardown.Left) {
	pending := left.Unanswered
	if pending == nil {
		return
	}
	rules, err := ledger.Vipps()
	if err != nil {
		return // the run itself has warned of it
	}
	rule := ledger.Find(rules, pending.Method, pending.URL)
	if rule == nil {
		return
	}
	asked := func(item *collection.Item) bool {
		return rule.Creates(item.Request.Method, "/"+strings.Join(item.Request.URL.Path, "/"))
	}
	requests := opt.Collection.Requests()
	i := slices.IndexFunc(requests, asked)
	if i < 0 {
		r.process.Warn("the run was ended while it asked for a %s: only the server knows whether there is one", rule.Kind)
		return
	}
	item := listed(requests[i], rule, pending)
	c := *opt.Collection
	c.Items = append(slices.Clip(c.Items), item)
	opt.Collection = &c
	before := opt.Teardown
	opt.Teardown = func(one *collection.Item) bool { return one == item || before(one) }
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

// listingScript compares the members that are known of what was asked for. A masked one tells
// nothing, so that more things are like it.
func listingScript(rule *ledger.Rule, sent []byte) string {
	var body map[string]any
	same := map[string]any{}
	if json.Unmarshal(sent, &body) == nil {
		for _, name := range rule.List.Same {
			if text, isText := body[name].(string); body[name] != nil && (!isText || !strings.Contains(text, redact.Mask)) {
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
        Object.keys(same).every((name) => JSON.stringify(one[name]) === JSON.stringify(same[name])));
    pm.expect(alike.map((one) => one.id).join(', '),
        'no answer told the id of the KIND that the run asked for; these are like it, delete those that are of the run').to.equal('');
});`)
}
