// Package ledger tells from the events of a run what the run has created and not given back: payments, agreements, QR
// codes, webhooks. What is created by which request, and what says that it is over, are rules that are data.
package ledger

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
)

//go:embed vipps.json
var vipps []byte

// A Rule says how a kind of thing is created, how answers tell what became of it, and how it is given back.
type Rule struct {
	Kind, Plural string
	Source       string // where the API is documented
	Create       Create
	Looks        []string // paths whose answers tell the state
	Lists        []string // paths whose answers are lists of things with their states, each with its id as the member id
	State        string   // path of the state in such an answer
	Over         []string // states in which nothing is left of the thing
	Waiting      []string // states in which somebody may still accept it
	Sums         []Sum    // amounts that are left of it
	Delete       []string // paths that a DELETE which succeeds gives it back by
	List         *List    // how to find one whose id only the server has told; nil where the client chooses the id
}

// List is the GET that lists the things of a kind, at the path of Create, and what tells the one that a request has asked
// for.
type List struct {
	Items string   // the member of the answer that is the list, "" where the answer is
	Same  []string // members that a thing has as the request that creates it
	Over  []string // values of its member status with which nothing is left of it
}

// Find returns the rule by which a request creates a thing whose id only the server tells, nil for none.
func Find(rules []Rule, method, address string) *Rule {
	for i := range rules {
		if r := &rules[i]; r.List != nil && r.Creates(method, address) {
			return r
		}
	}
	return nil
}

// Creates reports whether a request creates a thing of the rule. Placeholders may stand in the address.
func (r *Rule) Creates(method, address string) bool {
	_, ok := match(r.Create.Path, address)
	return ok && method == r.Create.Method
}

// Create is the request that creates a thing. Its id is that of the answer, of the request's body, or {id} in the path.
type Create struct {
	Method, Path string
	ID           string // path in the answer
	Sent         string // path in the request's body, for a request without an answer and an answer without an id
	Answered     bool   // a request without an answer counts as the creation of something else
}

// A Sum is an amount that is left: one amount of an answer less others.
type Sum struct {
	Is, Currency string
	Less         []string
	While        []string // states in which it is left; none for every state
	Kept         bool     // the merchant has it, so that deleting the thing does not give it back
	Says         string   // "reserved"
}

// Vipps are the rules for the APIs of Vipps MobilePay.
func Vipps() ([]Rule, error) {
	var rules []Rule
	if err := json.Unmarshal(vipps, &rules); err != nil {
		return nil, fmt.Errorf("reading the rules of the ledger: %w", err)
	}
	return rules, nil
}

// match compares the path of a URL with a pattern in which {id} and {act} are one segment each. What stands before, such
// as that of a gateway, does not count. It returns what {id} stands for.
func match(pattern, address string) (id string, ok bool) {
	if !mayMatch(pattern, address) {
		return "", false
	}
	u, err := url.Parse(address)
	if err != nil {
		return "", false
	}
	path := strings.Split(strings.TrimSuffix(u.EscapedPath(), "/"), "/")
	want := strings.Split(strings.TrimPrefix(pattern, "/"), "/")
	if len(path) < len(want) {
		return "", false
	}
	path = path[len(path)-len(want):]
	for i, segment := range want {
		switch {
		case segment == "{id}":
			if id, err = url.PathUnescape(path[i]); err != nil || id == "" {
				return "", false
			}
		case segment == "{act}" && path[i] != "", segment == path[i]:
		default:
			return "", false
		}
	}
	return id, true
}

// mayMatch tells at a glance that most addresses do not match: every response of a run is compared with every pattern. An
// address without a percent sign has the fixed segments of a pattern that it matches in it as they are.
func mayMatch(pattern, address string) bool {
	if strings.Contains(address, "%") {
		return true
	}
	for segment := range strings.SplitSeq(pattern, "/") {
		if !strings.HasPrefix(segment, "{") && !strings.Contains(address, segment) {
			return false
		}
	}
	return true
}
