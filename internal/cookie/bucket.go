package cookie

import "strings"

// A bucket is the cookies of one domain by path and name.
type bucket map[string]map[string]*entry

func (b bucket) put(e *entry) {
	if b[e.Path] == nil {
		b[e.Path] = map[string]*entry{}
	}
	b[e.Path][e.Name] = e
}

func (b bucket) remove(e *entry) {
	delete(b[e.Path], e.Name)
	if len(b[e.Path]) == 0 {
		delete(b, e.Path)
	}
}

// all yields every cookie.
func (b bucket) all(yield func(*entry) bool) {
	for _, names := range b {
		for _, e := range names {
			if !yield(e) {
				return
			}
		}
	}
}

// at yields the cookies that go to a path.
func (b bucket) at(path string) func(yield func(*entry) bool) {
	return func(yield func(*entry) bool) {
		for names := range b.above(path) {
			for _, e := range names {
				if !yield(e) {
					return
				}
			}
		}
	}
}

// named yields those of one name among them.
func (b bucket) named(path, name string) func(yield func(*entry) bool) {
	return func(yield func(*entry) bool) {
		for names := range b.above(path) {
			if e := names[name]; e != nil && !yield(e) {
				return
			}
		}
	}
}

// above yields the cookies of each path that matches the path of a request. It asks for all that could match, or looks
// through those that there are: what is less.
func (b bucket) above(path string) func(yield func(map[string]*entry) bool) {
	return func(yield func(map[string]*entry) bool) {
		if len(b) <= 2*strings.Count(path, "/") {
			for prefix, names := range b {
				if pathMatch(path, prefix) && !yield(names) {
					return
				}
			}
			return
		}
		for i := 1; i <= len(path); i++ {
			if ends := i == len(path) || path[i] == '/' || path[i-1] == '/'; !ends {
				continue
			}
			if names := b[path[:i]]; names != nil && !yield(names) {
				return
			}
		}
	}
}
