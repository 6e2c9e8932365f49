package redact

import (
	"slices"
	"strings"
)

// A table finds many needles in one pass over a text: the first two bytes of each position are looked up
// in a bit set, and only where they begin a needle are the candidates compared. Tables are immutable.
// The nil table is empty.
type table struct {
	starts  [1 << 10]uint64     // a bit for each pair of first bytes
	needles map[string][]needle // by the first four bytes, longest first
	longest int
}

type needle struct {
	text   string
	origin string // the secret it is a form of
}

const keyLength = 4 // bytes; needles are at least Short long

// with returns a table that finds these needles too.
func (t *table) with(add []needle) *table {
	next := &table{needles: make(map[string][]needle)}
	if t != nil {
		next.starts, next.longest = t.starts, t.longest
		for key, list := range t.needles {
			next.needles[key] = list
		}
	}
	for _, n := range add {
		if len(n.text) < Short {
			continue
		}
		next.starts[pair(n.text[0], n.text[1])>>6] |= 1 << (pair(n.text[0], n.text[1]) & 63)
		key := n.text[:keyLength]
		list := append(slices.Clone(next.needles[key]), n)
		slices.SortStableFunc(list, func(a, b needle) int { return len(b.text) - len(a.text) })
		next.needles[key] = list
		next.longest = max(next.longest, len(n.text))
	}
	return next
}

func pair(a, b byte) uint16 { return uint16(a)<<8 | uint16(b) }

// first returns where the first needle begins in data at or after from, or -1.
func (t *table) first(data []byte, from int) int {
	for i := from; i+Short <= len(data); i++ {
		p := pair(data[i], data[i+1])
		if t.starts[p>>6]&(1<<(p&63)) == 0 {
			continue
		}
		for _, n := range t.needles[string(data[i:i+keyLength])] {
			if len(data)-i >= len(n.text) && string(data[i:i+len(n.text)]) == n.text {
				return i
			}
		}
	}
	return -1
}

// match returns the longest needle that text begins with, and its origin.
func (t *table) match(text string) (needle, origin string) {
	if len(text) < keyLength {
		return "", ""
	}
	for _, n := range t.needles[text[:keyLength]] {
		if strings.HasPrefix(text, n.text) {
			return n.text, n.origin
		}
	}
	return "", ""
}

// mask replaces every needle of text.
func (t *table) mask(text string) string {
	var b strings.Builder
	done := 0
	for i := 0; i+Short <= len(text); {
		p := pair(text[i], text[i+1])
		if t.starts[p>>6]&(1<<(p&63)) == 0 {
			i++
			continue
		}
		found, _ := t.match(text[i:])
		if found == "" {
			i++
			continue
		}
		b.WriteString(text[done:i])
		b.WriteString(Mask)
		i += len(found)
		done = i
	}
	if done == 0 {
		return text
	}
	b.WriteString(text[done:])
	return b.String()
}
