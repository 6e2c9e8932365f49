package find

import "strings"

// What a byte may be the beginning of. A byte that has no bit is passed over at once.
const (
	structure = 1 << iota // stands between a name and its value, in a tag, or begins an escape of such
	prefix                // the prefix of a token that says who made it
	token                 // a JSON Web Token
	dash                  // a PEM block
)

//nolint:gochecknoglobals // a table
var glance = glances()

// glances fills the table from the makers of tokens, so that a new one needs no second entry.
func glances() (c [256]uint8) {
	for _, b := range []byte(`=:<%\&`) {
		c[b] |= structure
	}
	for b := range c {
		if makers[b] != nil {
			c[b] |= prefix
		}
	}
	c['e'] |= token
	c['-'] |= dash
	return c
}

// Nothing tells at a glance that Text finds nothing in a text: names, numbers and words of
// people are most of what a run shows. False says nothing: the text must be searched.
func Nothing(text string) bool {
	const longest = 256 // bytes: Text has closer looks for what is longer
	if len(text) < shortest {
		return true
	}
	if len(text) > longest {
		return false
	}
	for i := range len(text) {
		c := glance[text[i]]
		if c == 0 {
			continue
		}
		switch {
		case c&structure != 0, c&token != 0 && strings.HasPrefix(text[i:], "eyJ"), c&dash != 0 && strings.HasPrefix(text[i:], pemDash):
			return false
		}
		if c&prefix != 0 {
			for _, m := range makers[text[i]] {
				if strings.HasPrefix(text[i:], m.prefix) {
					return false
				}
			}
		}
	}
	return true
}
