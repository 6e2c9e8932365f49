package schema

import (
	"fmt"
	"math"
	"math/big"
	"strconv"
	"unicode/utf8"

	"posthaste/internal/openapi/node"
)

// number holds a number against its limits. Each that it breaks is a failure of its own.
func (r *run) number(s *Schema, v *node.Node, at *place) bool {
	n := s.numbers
	if n == nil {
		return true
	}
	ok := true
	// An empty limit asks for nothing; fits gets the sign of value minus limit.
	check := func(keyword, limit string, fits func(int) bool, words string) {
		if limit != "" && !fits(node.Compare(v.Text, limit)) {
			r.fail(Failure{Keyword: keyword, Message: v.Short() + " is " + words + " " + limit, Schema: keywordAt(s.Node, keyword), Value: v}, at)
			ok = false
		}
	}
	check("minimum", n.minimum, func(c int) bool { return c > 0 || c == 0 && !n.exclusiveMinimum }, below(n.exclusiveMinimum))
	check("maximum", n.maximum, func(c int) bool { return c < 0 || c == 0 && !n.exclusiveMax }, above(n.exclusiveMax))
	check("exclusiveMinimum", n.above, func(c int) bool { return c > 0 }, below(true))
	check("exclusiveMaximum", n.below, func(c int) bool { return c < 0 }, above(true))
	if n.multipleOf != "" && !multiple(v.Text, n.multipleOf) {
		r.fail(Failure{Keyword: "multipleOf", Message: v.Short() + " is not a multiple of " + n.multipleOf, Schema: keywordAt(s.Node, "multipleOf"), Value: v}, at)
		ok = false
	}
	// Formats are an annotation by default (2020-12 validation, 7.2.1), and asked for only as
	// an option.
	if r.opt.Formats && n.bits > 0 && !fitsBits(v.Text, n.bits) {
		r.fail(Failure{Keyword: "format", Message: fmt.Sprintf("%s does not fit int%d", v.Short(), n.bits), Schema: keywordAt(s.Node, "format"), Value: v}, at)
		ok = false
	}
	return ok
}

// below is how a message calls a value that breaks a lower limit.
func below(exclusive bool) string {
	if exclusive {
		return "not above"
	}
	return "below"
}

// above is the same for an upper limit.
func above(exclusive bool) string {
	if exclusive {
		return "not below"
	}
	return "above"
}

// multiple reports whether a value is a whole multiple of another number, both as texts. 0.3
// is a multiple of 0.1, which floating point would deny: small integers are divided as such,
// others as fractions, and floats serve only for numbers too large for node.Rat.
func multiple(value, of string) bool {
	a, err := strconv.ParseInt(value, 10, 64)
	b, also := strconv.ParseInt(of, 10, 64)
	if err == nil && also == nil && b != 0 {
		return a%b == 0
	}
	x, ok := node.Rat(value)
	y, both := node.Rat(of)
	if ok && both && y.Sign() != 0 {
		return new(big.Rat).Quo(x, y).IsInt()
	}
	// A divisor of 0 is forbidden by the specification, and fits everything here.
	f, _ := strconv.ParseFloat(value, 64)
	g, _ := strconv.ParseFloat(of, 64)
	return g == 0 || math.Mod(f, g) == 0
}

// fitsBits reports whether a whole number fits a signed integer of that many bits. 1e3 and
// 5.0 are whole.
func fitsBits(text string, bits int) bool {
	x, ok := node.Rat(text)
	if !ok {
		return false
	}
	if !x.IsInt() {
		return true // type says that
	}
	limit := new(big.Int).Lsh(big.NewInt(1), uint(bits-1))
	n := x.Num()
	return n.Cmp(limit) < 0 && n.Cmp(new(big.Int).Neg(limit)) >= 0
}

// text holds a string against its limits.
func (r *run) text(s *Schema, v *node.Node, at *place) bool {
	t := s.strings
	if t == nil {
		return true
	}
	ok := true
	fail := func(keyword, message string) {
		r.fail(Failure{Keyword: keyword, Message: message, Schema: keywordAt(s.Node, keyword), Value: v}, at)
		ok = false
	}
	if t.minLength >= 0 || t.maxLength >= 0 {
		// Characters are code points (RFC 8259), not UTF-16 units: 😀 has length 1, as in JSON
		// Schema and unlike JavaScript.
		n := utf8.RuneCountInString(v.Text)
		if n < t.minLength {
			fail("minLength", fmt.Sprintf("%d characters where at least %d are asked", n, t.minLength))
		}
		if t.maxLength >= 0 && n > t.maxLength {
			fail("maxLength", fmt.Sprintf("%d characters where at most %d are allowed", n, t.maxLength))
		}
	}
	if t.pattern != nil {
		if match, err := t.pattern.MatchString(v.Text); err == nil && !match { // a match that takes too long says nothing
			fail("pattern", v.Short()+" does not match "+t.patternText)
		}
	}
	if r.opt.Formats && t.format != "" && !isFormat(t.format, v.Text) {
		fail("format", v.Short()+" is no "+t.format)
	}
	return ok
}

// array holds the elements of a list against the schema's keywords, and the list against its
// sizes.
func (r *run) array(s *Schema, v *node.Node, at *place, ev *evaluated) bool {
	a := s.arrays
	if a == nil {
		return true
	}
	ok := true
	fail := func(keyword, message string) {
		r.fail(Failure{Keyword: keyword, Message: message, Schema: keywordAt(s.Node, keyword), Value: v}, at)
		ok = false
	}
	n := len(v.Items)
	if n < a.minItems {
		fail("minItems", fmt.Sprintf("%d elements where at least %d are asked", n, a.minItems))
	}
	if a.maxItems >= 0 && n > a.maxItems {
		fail("maxItems", fmt.Sprintf("%d elements where at most %d are allowed", n, a.maxItems))
	}
	if a.unique {
		if i, j, same := repeated(v.Items); same && !r.uncertain(v.Items[i]) {
			fail("uniqueItems", fmt.Sprintf("elements %d and %d are the same", i, j))
		}
	}
	// The first elements have schemas of their own; items is for those behind them.
	for i, item := range v.Items {
		sub := a.items
		if i < len(a.prefix) {
			sub = a.prefix[i]
		}
		if sub != nil {
			ev.item(v, i)
			ok = r.at(sub, item, &place{at, "", i}) && ok
		}
	}
	// contains also marks elements as looked at, so that it goes before unevaluatedItems.
	ok = r.contains(a, v, at, ev, fail) && ok
	if a.unevaluated != nil {
		for i, item := range v.Items {
			if ev.items == nil || !ev.items[i] {
				ev.item(v, i)
				ok = r.at(a.unevaluated, item, &place{at, "", i}) && ok
			}
		}
	}
	return ok
}

// contains counts the elements that fit the contains schema. Their failures are nobody's
// concern, which is why each is a trial.
func (r *run) contains(a *arrayRules, v *node.Node, at *place, ev *evaluated, fail func(keyword, message string)) bool {
	if a.contains == nil {
		return true
	}
	found, sure := 0, 0
	for i, item := range v.Items {
		// Another value than the list: schemas at work on the list do not make this a cycle.
		outer := r.inplace
		r.inplace = nil
		fits, _, _ := r.trial(a.contains, item, &place{at, "", i})
		r.inplace = outer
		if fits {
			found++
			if !r.uncertain(item) {
				sure++
			}
			ev.item(v, i)
		}
	}
	switch {
	case found < a.minContains:
		fail("contains", fmt.Sprintf("%d elements are as asked where at least %d must be", found, a.minContains))
	case a.maxContains >= 0 && sure > a.maxContains:
		fail("maxContains", fmt.Sprintf("%d elements are as asked where at most %d may be", found, a.maxContains))
	default:
		return true
	}
	return false
}

// repeated finds two elements that are the same, and their indices. 1 and 1.0 are the same
// (core, 4.2.2), and the order of keys does not matter.
//
// A short list is compared pairwise. In a longer one, elements are grouped by a rough key
// first, which equal ones share, so that a list of 10,000 does not take 50 million
// comparisons.
func repeated(items []*node.Node) (i, j int, same bool) {
	const few = 20
	seen := map[string][]int{}
	for j, item := range items {
		if len(items) <= few {
			for i := range j {
				// The plain way, which needs no memory.
				if node.Equal(items[i], item) {
					return i, j, true
				}
			}
			continue
		}
		rough := item.Kind.String()
		switch item.Kind {
		case node.String, node.Bool:
			rough += item.Text
		case node.Number:
			// Numbers that are equal as decimals are equal as floats, too; the reverse is
			// left to node.Equal.
			f, _ := strconv.ParseFloat(item.Text, 64)
			rough += strconv.FormatFloat(f, 'g', -1, 64)
		case node.Array, node.Object:
			rough += strconv.Itoa(len(item.Items))
			for _, part := range item.Items {
				if part.Kind == node.String {
					// The lengths of strings in a list tell many of them apart, at no cost.
					rough += "\x00" + strconv.Itoa(len(part.Text))
				}
			}
			if item.Kind == node.Object {
				rough = item.Kind.String() + hash(item)
			}
		default:
		}
		for _, i := range seen[rough] {
			if node.Equal(items[i], item) {
				return i, j, true
			}
		}
		seen[rough] = append(seen[rough], j)
	}
	return 0, 0, false
}

// hash is the same for objects that are equal, whatever the order of their keys: the hashes
// (FNV-1a, 64 bit) of their members are added up. Members other than strings count by their
// key alone.
func hash(n *node.Node) string {
	var sum uint64
	for i, key := range n.Keys {
		h := uint64(14695981039346656037)
		for _, b := range []byte(key) {
			h = (h ^ uint64(b)) * 1099511628211
		}
		v := n.Items[i]
		if v.Kind == node.String {
			for _, b := range []byte(v.Text) {
				h = (h ^ uint64(b)) * 1099511628211
			}
		}
		sum += h
	}
	return strconv.FormatUint(sum, 36)
}
