package ledger

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/tidwall/gjson"

	"posthaste/runner/event"
)

// A Ledger is the list of what a run has created. Add takes the events in their order, as they happened, not masked: with
// masked ones it knows less. It is not safe for concurrent use.
type Ledger struct {
	rules   []Rule
	words   []string // one of them stands in each address that a pattern matches; nil where that is not known
	things  []*thing
	pending map[string]event.Checkpoint // the last request of a step that has no answer yet, by the step's id
}

// A thing is what a request has created, or may have created.
type thing struct {
	rule *Rule
	id   string
	over bool
	kept bool   // the merchant has money of it
	is   string // what is left, in words
}

// New returns an empty ledger that goes by the rules.
func New(rules []Rule) *Ledger {
	return &Ledger{rules: rules, words: wordsOf(rules), pending: map[string]event.Checkpoint{}}
}

// wordsOf lists the first fixed segments of all patterns. It is nil where a pattern has none.
func wordsOf(rules []Rule) []string {
	words := []string{}
	for _, r := range rules {
		for _, pattern := range slices.Concat([]string{r.Create.Path}, r.Looks, r.Delete) {
			word := ""
			for segment := range strings.SplitSeq(pattern, "/") {
				if segment != "" && !strings.HasPrefix(segment, "{") {
					word = segment
					break
				}
			}
			if word == "" {
				return nil
			}
			if !slices.Contains(words, word) {
				words = append(words, word)
			}
		}
	}
	return words
}

// mayMatch tells at a glance that no pattern matches an address.
func (l *Ledger) mayMatch(address string) bool {
	if l.words == nil || strings.Contains(address, "%") {
		return true
	}
	for _, word := range l.words {
		if strings.Contains(address, word) {
			return true
		}
	}
	return false
}

// Add takes an event.
func (l *Ledger) Add(e event.Event) {
	switch e := e.(type) {
	case event.Checkpoint:
		if e.Method != "" {
			l.pending[e.Step.ID] = e
		}
	case event.ItemFinished:
		delete(l.pending, e.Step.ID)
	case event.ResponseReceived:
		l.answered(e)
	case event.RequestFailed:
		l.unanswered(e)
	}
}

func (l *Ledger) answered(e event.ResponseReceived) {
	if !l.mayMatch(e.Request.URL) {
		return
	}
	code := e.Response.Code
	body := func() gjson.Result { return gjson.ParseBytes(e.Response.Body.Data) } // copies it
	for i := range l.rules {
		r := &l.rules[i]
		if id, ok := match(r.Create.Path, e.Request.URL); ok && e.Request.Method == r.Create.Method {
			switch {
			case r.Create.ID != "":
				id = body().Get(r.Create.ID).String()
			case r.Create.Sent != "":
				id = gjson.GetBytes(e.Request.Body.Data, r.Create.Sent).String()
			}
			if code < http.StatusMultipleChoices && id != "" {
				l.thing(r, id)
			}
			continue
		}
		for _, path := range r.Looks {
			if id, ok := match(path, e.Request.URL); ok {
				l.look(r, id, code, body())
				break
			}
		}
		for _, path := range r.Lists {
			if _, ok := match(path, e.Request.URL); ok && e.Request.Method == http.MethodGet && code < http.StatusMultipleChoices {
				for _, one := range body().Array() {
					l.look(r, one.Get("id").String(), code, one)
				}
			}
		}
		for _, path := range r.Delete {
			id, ok := match(path, e.Request.URL)
			gone := e.Request.Method == http.MethodDelete && code < http.StatusMultipleChoices || code == http.StatusNotFound
			if t := l.find(r, id); ok && t != nil && gone && !t.kept {
				t.over = true
			}
		}
	}
}

// unanswered notes what a request without an answer may have created: the server may have got it.
func (l *Ledger) unanswered(e event.RequestFailed) {
	if e.Error.Refused() {
		return
	}
	sent := gjson.ParseBytes(e.Request.Body.Data)
	if p, ok := l.pending[e.Step.ID]; ok && p.URL == e.Request.URL && p.Method == e.Request.Method {
		sent = gjson.ParseBytes(p.Body.Data)
	}
	for i := range l.rules {
		r := &l.rules[i]
		id, ok := match(r.Create.Path, e.Request.URL)
		if !ok || e.Request.Method != r.Create.Method || r.Create.Answered || never(e.Error) {
			continue
		}
		if r.Create.Sent != "" {
			id = sent.Get(r.Create.Sent).String()
		}
		if id == "" {
			id = "one whose id is not known"
		}
		l.thing(r, id).is = "no answer came to the request that creates it"
	}
}

// never reports whether a request cannot have reached anybody.
func never(e *event.Error) bool {
	return e != nil && (e.Code == "ECONNREFUSED" || e.Code == "ENOTFOUND" || e.Code == "EAI_AGAIN")
}

// look takes over what an answer tells of a thing.
func (l *Ledger) look(r *Rule, id string, code int, body gjson.Result) {
	t := l.find(r, id)
	switch {
	case t == nil:
		return
	case code == http.StatusNotFound:
		t.over = true
		return
	case code >= http.StatusMultipleChoices:
		return
	}
	state := body.Get(r.State).String()
	left, told, kept := r.left(state, body)
	if !told && state == "" {
		return
	}
	t.kept = kept
	switch {
	case len(left) > 0:
		t.over, t.is = false, strings.Join(left, ", ")
	case slices.Contains(r.Over, state), len(r.Sums) > 0 && !slices.Contains(r.Waiting, state):
		t.over = true
	case state != "":
		t.over, t.is = false, strings.ToLower(state)
	}
}

// left returns the amounts that an answer shows as left of a thing, in words, whether it shows any of the sums at all,
// and whether the merchant has some of it.
func (r *Rule) left(state string, body gjson.Result) (left []string, told, kept bool) {
	for _, s := range r.Sums {
		is := body.Get(s.Is)
		if !is.Exists() || len(s.While) > 0 && !slices.Contains(s.While, state) {
			continue
		}
		told = true
		n := is.Int()
		for _, less := range s.Less {
			n -= body.Get(less).Int()
		}
		if n > 0 {
			left = append(left, strings.TrimSpace(strconv.FormatInt(n, 10)+" "+body.Get(s.Currency).String())+" "+s.Says)
			kept = kept || s.Kept
		}
	}
	return left, told, kept
}

func (l *Ledger) find(r *Rule, id string) *thing {
	for _, t := range l.things {
		if t.rule == r && t.id == id {
			return t
		}
	}
	return nil
}

// thing returns the thing of that id, which is open.
func (l *Ledger) thing(r *Rule, id string) *thing {
	t := l.find(r, id)
	if t == nil {
		t = &thing{rule: r, id: id}
		l.things = append(l.things, t)
	}
	t.over, t.is = false, "created"
	return t
}

// Open is what the run has left of one kind.
type Open struct {
	Kind string // "payment"
	IDs  []string
	Text string // "2 payments are still open: ph-1 (created), ph-2 (39900 NOK captured and not refunded)"
}

// mostNamed is how many things are named one by one.
const mostNamed = 20

// Open returns what is not given back, by kind, in the order in which the first of each was created.
func (l *Ledger) Open() []Open {
	var list []Open
	counts := map[string][]string{}
	for _, t := range l.things {
		if t.over {
			continue
		}
		i := slices.IndexFunc(list, func(o Open) bool { return o.Kind == t.rule.Kind })
		if i < 0 {
			list = append(list, Open{Kind: t.rule.Kind, Text: t.rule.Plural})
			i = len(list) - 1
		}
		list[i].IDs = append(list[i].IDs, t.id)
		counts[t.rule.Kind] = append(counts[t.rule.Kind], t.id+" ("+t.is+")")
	}
	for i := range list {
		named := counts[list[i].Kind]
		words := fmt.Sprintf("%d %s are still open: ", len(named), list[i].Text)
		if len(named) == 1 {
			words = "1 " + list[i].Kind + " is still open: "
		}
		rest := ""
		if len(named) > mostNamed {
			named, rest = named[:mostNamed], fmt.Sprintf(" and %d more", len(named)-mostNamed)
		}
		list[i].Text = words + strings.Join(named, ", ") + rest
	}
	return list
}
