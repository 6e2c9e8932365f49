package subject

import (
	"slices"
	"strings"
	"time"

	"posthaste/collection"
	"posthaste/internal/near"
	"posthaste/internal/placeholder"
	"posthaste/internal/variable"
)

// Written is where the value of a variable is written down.
type Written struct {
	Variable collection.Variable
	File     int // index in checker.files, -1 is the collection
}

// Variable looks a name up as a run does: environments, then the collection, then globals; of several enabled
// entries of one list the last counts.
func (k *Checker) Variable(name string) (Written, bool) {
	in := func(list []collection.Variable, file int) (Written, bool) {
		for _, v := range slices.Backward(list) {
			if v.Key == name && !v.Disabled {
				return Written{v, file}, true
			}
		}
		return Written{}, false
	}
	for i, f := range k.Files {
		if f.What == "environment" {
			if w, ok := in(f.Env.Values, i); ok {
				return w, true
			}
		}
	}
	if w, ok := in(k.C.Variables, -1); ok {
		return w, true
	}
	for i, f := range k.Files {
		if f.What == "globals" {
			if w, ok := in(f.Env.Values, i); ok {
				return w, true
			}
		}
	}
	return Written{}, false
}

// Hollow says why a value is no real value, in words that follow the name; "" when it is one.
func Hollow(v collection.Variable) string {
	text := v.Typed().String()
	switch {
	case v.Value.Kind() == collection.Undefined, strings.TrimSpace(text) == "":
		return "is empty"
	case v.Value.Kind() == collection.Null:
		return "is null"
	case placeholder.Is(text), AsksForValue(v.Key, text):
		return "still holds its placeholder"
	}
	return ""
}

// FromData reports whether iteration data give the variable, as far as is known.
func (k *Checker) FromData(name string) bool {
	if k.columns == nil {
		k.columns = map[string]bool{}
		for _, column := range k.Opt.Data {
			k.columns[column] = true
		}
		for _, s := range k.Scripts() {
			for _, u := range s.Flow.Uses {
				k.columns[u.Name] = k.columns[u.Name] || u.Scope == "data"
			}
		}
	}
	return k.columns[name]
}

// IsDynamic knows Postman's own variables, and the address that run --listen gives.
func IsDynamic(name string) bool {
	if !strings.HasPrefix(name, "$") {
		return false
	}
	if name == "$listener" {
		return true
	}
	_, ok := variable.NewDynamic(func() time.Time { return time.Unix(0, 0) }, strings.NewReader("")).Value(name)
	return ok
}

// Nearest returns names that one may have been meant to be, best first. Where an environment tells all names that
// there are, one that ends with the other is near too.
func (k *Checker) Nearest(name string, limit int) []string {
	trimmed := strings.TrimSpace(name)
	if strings.HasPrefix(trimmed, "$") {
		return near.Names(trimmed, []string{"$guid", "$timestamp", "$isoTimestamp", "$randomInt", "$randomUUID", "$randomEmail", "$randomFirstName"}, limit)
	}
	names, byLetters := k.allNames()
	same := slices.DeleteFunc(slices.Clone(byLetters[near.Fold(trimmed)]), func(n string) bool { return n == name })
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
		return !Similar(trimmed, n) && (len(k.Files) == 0 || !strings.HasSuffix(near.Fold(n), near.Fold(trimmed)))
	})
}

// allNames lists the variables that files and scripts give, and groups them by their letters.
func (k *Checker) allNames() ([]string, map[string][]string) {
	if k.byLetters != nil {
		return k.names, k.byLetters
	}
	k.byLetters = map[string][]string{}
	seen := map[string]bool{"": true}
	add := func(name string) {
		if !seen[name] {
			seen[name] = true
			k.names = append(k.names, name)
			k.byLetters[near.Fold(name)] = append(k.byLetters[near.Fold(name)], name)
		}
	}
	for _, f := range k.Files {
		for _, v := range f.Env.Values {
			add(v.Key)
		}
	}
	for _, v := range k.C.Variables {
		add(v.Key)
	}
	for _, s := range k.Scripts() {
		for _, set := range s.Flow.Sets {
			add(set.Name)
		}
	}
	return k.names, k.byLetters
}

// SetAs returns the name of a variable that scripts set and that differs in case and separators only,
// or "".
func (k *Checker) SetAs(name string) string {
	for _, s := range k.Scripts() {
		for _, set := range s.Flow.Sets {
			if set.Name != name && near.Fold(set.Name) == near.Fold(name) {
				return set.Name
			}
		}
	}
	return ""
}

// Similar reports whether two names are the same but for a slip: case, separators, a plural, a letter or two.
func Similar(a, b string) bool {
	if a == b || withoutDigits(a) == withoutDigits(b) {
		return false // a series: user1, user2
	}
	x, y := near.Fold(a), near.Fold(b)
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

// withoutDigits returns a name without the number at its end.
func withoutDigits(name string) string { return strings.TrimRight(name, "0123456789") }

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
