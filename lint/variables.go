package lint

import (
	"slices"
	"strings"
	"time"

	"posthaste/collection"
	"posthaste/internal/near"
	"posthaste/internal/placeholder"
	"posthaste/internal/variable"
)

// A source of a variable: where its value is written down.
type written struct {
	variable collection.Variable
	file     int // index in checker.files, -1 is the collection
}

// variable looks a name up as a run does: environments, then the collection, then globals; of several enabled
// entries of one list the last counts.
func (k *checker) variable(name string) (written, bool) {
	in := func(list []collection.Variable, file int) (written, bool) {
		for _, v := range slices.Backward(list) {
			if v.Key == name && !v.Disabled {
				return written{v, file}, true
			}
		}
		return written{}, false
	}
	for i, f := range k.files {
		if f.what == "environment" {
			if w, ok := in(f.env.Values, i); ok {
				return w, true
			}
		}
	}
	if w, ok := in(k.c.Variables, -1); ok {
		return w, true
	}
	for i, f := range k.files {
		if f.what == "globals" {
			if w, ok := in(f.env.Values, i); ok {
				return w, true
			}
		}
	}
	return written{}, false
}

// hollow says why a value is none, in words that follow the name; "" when it is one.
func hollow(v collection.Variable) string {
	text := v.Typed().String()
	switch {
	case v.Value.Kind() == collection.Undefined, strings.TrimSpace(text) == "":
		return "is empty"
	case v.Value.Kind() == collection.Null:
		return "is null"
	case placeholder.Is(text):
		return "still holds its placeholder"
	}
	return ""
}

// fromData tells whether iteration data give the variable, as far as is known.
func (k *checker) fromData(name string) bool {
	if k.columns == nil {
		k.columns = map[string]bool{}
		for _, column := range k.opt.Data {
			k.columns[column] = true
		}
		for _, s := range k.scripts() {
			for _, u := range s.flow.Uses {
				k.columns[u.Name] = k.columns[u.Name] || u.Scope == "data"
			}
		}
	}
	return k.columns[name]
}

// isDynamic knows Postman's own variables, and the address that run --listen gives.
func isDynamic(name string) bool {
	if !strings.HasPrefix(name, "$") {
		return false
	}
	if name == "$listener" {
		return true
	}
	_, ok := variable.NewDynamic(func() time.Time { return time.Unix(0, 0) }, strings.NewReader("")).Value(name)
	return ok
}

// nearest returns names that one may have been meant to be, best first. Where an environment tells all names that
// there are, one that ends with the other is near too.
func (k *checker) nearest(name string, limit int) []string {
	trimmed := strings.TrimSpace(name)
	if strings.HasPrefix(trimmed, "$") {
		return near.Names(trimmed, []string{"$guid", "$timestamp", "$isoTimestamp", "$randomInt", "$randomUUID", "$randomEmail", "$randomFirstName"}, limit)
	}
	names, byLetters := k.allNames()
	same := slices.DeleteFunc(slices.Clone(byLetters[letters(trimmed)]), func(n string) bool { return n == name })
	if len(same) > 0 {
		return same[:min(limit, len(same))]
	}
	const (
		shortest = 5    // shorter names are near to too many
		longest  = 1000 // names that are looked through one by one
	)
	if len(trimmed) < shortest || len(names) > longest {
		return nil
	}
	names = slices.DeleteFunc(slices.Clone(names), func(n string) bool { return n == name })
	return slices.DeleteFunc(near.Names(trimmed, names, limit), func(n string) bool {
		return !similar(trimmed, n) && (len(k.files) == 0 || !strings.HasSuffix(letters(n), letters(trimmed)))
	})
}

// allNames lists the variables that files and scripts give, and groups them by their letters.
func (k *checker) allNames() ([]string, map[string][]string) {
	if k.byLetters != nil {
		return k.names, k.byLetters
	}
	k.byLetters = map[string][]string{}
	seen := map[string]bool{"": true}
	add := func(name string) {
		if !seen[name] {
			seen[name] = true
			k.names = append(k.names, name)
			k.byLetters[letters(name)] = append(k.byLetters[letters(name)], name)
		}
	}
	for _, f := range k.files {
		for _, v := range f.env.Values {
			add(v.Key)
		}
	}
	for _, v := range k.c.Variables {
		add(v.Key)
	}
	for _, s := range k.scripts() {
		for _, set := range s.flow.Sets {
			add(set.Name)
		}
	}
	return k.names, k.byLetters
}

// setAs returns the name of a variable that scripts set and that differs in case and separators only, "" when there
// is none.
func (k *checker) setAs(name string) string {
	for _, s := range k.scripts() {
		for _, set := range s.flow.Sets {
			if set.Name != name && letters(set.Name) == letters(name) {
				return set.Name
			}
		}
	}
	return ""
}

// letters is a name without case and separators.
func letters(name string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case '-', '_', '.', ' ':
			return -1
		}
		return r
	}, strings.ToLower(name))
}

// similar tells whether two names are the same but for a slip: case, separators, a plural, a letter or two.
func similar(a, b string) bool {
	if a == b {
		return false
	}
	x, y := letters(a), letters(b)
	if x == y || x == y+"s" || x+"s" == y {
		return true
	}
	const long = 8
	slips := 1
	if min(len(x), len(y)) >= long {
		slips = 2
	}
	return min(len(x), len(y)) > 3 && distance(x, y) <= slips
}

// distance counts the letters to add, remove, change or swap with the next to make one text the other.
func distance(a, b string) int {
	before, row := []int(nil), make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		next := make([]int, len(b)+1)
		next[0] = i + 1
		for j := range len(b) {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			next[j+1] = min(row[j]+cost, next[j]+1, row[j+1]+1)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				next[j+1] = min(next[j+1], before[j-1]+1)
			}
		}
		before, row = row, next
	}
	return row[len(b)]
}
