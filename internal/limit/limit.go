// Package limit keeps the amounts of a run's requests within bounds.
//
// It is a guard against expensive mistakes with production keys. A request is judged as it goes out, before it is
// sent, and one whose amount cannot be read is refused: better no request than one that nobody understood.
package limit

import (
	"fmt"
	"maps"
	"math/big"
	"regexp"
	"slices"
	"strings"
	"sync"

	"posthaste/collection"
)

// A Limit is a bound on the amounts in requests that a glob matches. Parse makes one.
type Limit struct {
	Text string

	method string // in upper case; "*" is every one
	path   *regexp.Regexp
	amount []string // the members that lead to it
	each   *big.Rat // nil is no bound
	total  *big.Rat
}

// A Budget is the limits of a run and what was spent of them. All collections, units and tries of a run share one. It is
// safe for concurrent use. A nil Budget has no limits.
type Budget struct {
	limits []*Limit
	whose  string  // in the hint of a refusal
	outer  *Budget // whose limits hold as well; nil for none

	mu     sync.Mutex
	totals map[account]*big.Rat
}

// An account is what amounts of one currency add up to, under one limit.
type account struct {
	limit    int
	currency string
}

// New makes the budget of a run. Of a run that was spread over so many shards this one has its part of each total,
// rounded down; 0 and 1 are a run that was not. The error is a *SyntaxError.
func New(texts []string, shards int) (*Budget, error) {
	return (*Budget)(nil).Within(texts, shards, "the --limit")
}

// Within makes the budget of a part of a run, such as a collection that brings limits of its own: they hold beside those
// of b, with totals of their own. whose names them for people. Without limits it is b itself.
func (b *Budget) Within(texts []string, shards int, whose string) (*Budget, error) {
	if len(texts) == 0 {
		return b, nil
	}
	inner := &Budget{totals: map[account]*big.Rat{}, whose: whose, outer: b}
	for _, text := range texts {
		l, err := Parse(text)
		if err != nil {
			return nil, err
		}
		if l.total != nil && shards > 1 {
			part := new(big.Rat).Quo(l.total, big.NewRat(int64(shards), 1))
			l.total = new(big.Rat).SetInt(new(big.Int).Quo(part.Num(), part.Denom()))
		}
		inner.limits = append(inner.limits, l)
	}
	return inner, nil
}

// A Request is what a limit looks at.
type Request struct {
	Method string
	Path   string // as on the wire, without the query
	Header []collection.Header
	Body   func() ([]byte, bool) // false when it is not in memory
}

// Spend takes the amounts of a request that is about to leave. It returns a *Refusal, and takes nothing, for one that
// would break a limit, or whose amount cannot be read. What was taken stays so when the request fails, since it may
// have arrived.
func (b *Budget) Spend(r *Request) error {
	if b == nil {
		return nil
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	sums := map[account]*big.Rat{}
	for i, l := range b.limits {
		if !l.matches(r) {
			continue
		}
		amounts, currency, err := l.read(r)
		if err != nil {
			return b.refusal(l, err.Error())
		}
		sum := new(big.Rat)
		for _, amount := range amounts {
			if l.each != nil && amount.Cmp(l.each) > 0 {
				return b.refusal(l, fmt.Sprintf("%s is %s, more than %s", l.name(), shown(amount, currency), shown(l.each, "")))
			}
			sum.Add(sum, amount)
		}
		if l.total == nil {
			continue
		}
		of := account{i, currency}
		before := b.totals[of]
		if before == nil {
			before = new(big.Rat)
		}
		after := new(big.Rat).Add(before, sum)
		if after.Cmp(l.total) > 0 {
			return b.refusal(l, fmt.Sprintf("%s would make the total %s after %s, more than %s", shown(sum, currency), shown(after, currency), shown(before, currency), shown(l.total, "")))
		}
		sums[of] = after
	}
	// Nothing is taken of these limits when an outer one refuses. Locks are taken from the inside out.
	if err := b.outer.Spend(r); err != nil {
		return err
	}
	maps.Copy(b.totals, sums)
	return nil
}

func (b *Budget) refusal(l *Limit, reason string) error {
	return &Refusal{Limit: l.Text, Reason: reason, Whose: b.whose}
}

// name is the amount's path as it was written.
func (l *Limit) name() string { return strings.Join(l.amount, ".") }

// shown is an amount for people.
func shown(amount *big.Rat, currency string) string {
	text := strings.TrimSuffix(strings.TrimRight(amount.FloatString(6), "0"), ".")
	if currency != "" {
		text += " " + currency
	}
	return text
}

// overrides are headers by which some servers take a request for one of another method.
func overrides() []string {
	return []string{"x-http-method-override", "x-http-method", "x-method-override"}
}

// matches compares method and path. Headers that override the method count as well as the method itself, so a POST
// that the server takes for a PUT does not get around a limit.
func (l *Limit) matches(r *Request) bool {
	methods := []string{strings.ToUpper(r.Method)}
	for i := range r.Header {
		if slices.Contains(overrides(), strings.ToLower(r.Header[i].Key)) {
			methods = append(methods, strings.ToUpper(strings.TrimSpace(r.Header[i].Value)))
		}
	}
	return (l.method == "*" || slices.Contains(methods, l.method)) && l.path.MatchString(normal(r.Path))
}

// A Refusal says that a request was not sent because it would break a limit.
type Refusal struct {
	Limit  string
	Reason string
	Whose  string // whose limit it is, such as "the --limit"
}

// Error says which bound it would break.
func (r *Refusal) Error() string { return "not sent: " + r.Reason + " (limit " + r.Limit + ")" }

// Hint says what to do.
func (r *Refusal) Hint() string {
	return "if the request is meant, raise " + r.Whose + "; each try of a request counts, and an amount that cannot be read is refused"
}

// Code is how events name such a failure.
func (*Refusal) Code() string { return "ELIMIT" }
