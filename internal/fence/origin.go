package fence

import (
	"slices"
	"strings"

	"posthaste/internal/expansion"
	"posthaste/internal/variable"
)

// A Level is a scope, and how it is called behind the name of a variable.
type Level struct {
	Scope *variable.Scope
	Words string
}

// From says which variables gave a request the host that it is refused for: those in its URL as written, else one that
// holds the host. It is "" where there is no such variable. The levels come from the narrowest on.
func (r *Refusal) From(written string, levels []Level) string {
	var names []string
	if r.What == "" {
		names = hostNames(written)
	}
	if len(names) == 0 {
		names = holder(levels, r.Host)
	}
	if len(names) == 0 {
		return ""
	}
	for i, name := range names {
		for _, l := range levels {
			if _, ok := l.Scope.Lookup(name); ok {
				names[i] += l.Words
				break
			}
		}
	}
	if len(names) == 1 {
		return "the variable " + names[0]
	}
	return "the variables " + strings.Join(names, " and ")
}

// hostNames are the variables in the part of a URL, as written, that names the host.
func hostNames(written string) []string {
	masked := []byte(written)
	for from := 0; ; {
		start, end := expansion.Next(written[from:])
		if start < 0 {
			break
		}
		for i := from + start; i < from+end; i++ {
			masked[i] = 'x'
		}
		from += end
	}
	text, begin := string(masked), 0
	if i := strings.Index(text, "://"); i >= 0 && !strings.ContainsAny(text[:i], "/?#") {
		begin = i + len("://")
	}
	end := len(written)
	if i := strings.IndexAny(text[begin:], "/?#"); i >= 0 {
		end = begin + i
	}
	names := slices.Collect(expansion.Names(written[begin:end]))
	for part := written[begin:end]; ; { // <<name>> is another way to write a variable
		_, rest, found := strings.Cut(part, "<<")
		name, after, closed := strings.Cut(rest, ">>")
		if !found || !closed {
			break
		}
		names, part = append(names, name), after
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// holder is the first variable, from the narrowest scope on, whose value holds a host.
func holder(levels []Level, host string) []string {
	for _, l := range levels {
		for _, v := range l.Scope.Variables() {
			if !v.Disabled && strings.Contains(strings.ToLower(v.Value.String()), strings.ToLower(host)) {
				return []string{v.Key}
			}
		}
	}
	return nil
}
