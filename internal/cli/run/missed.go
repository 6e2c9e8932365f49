package run

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"sync"

	"posthaste/collection"
	"posthaste/collection/data"
	"posthaste/internal/cli/option"
	"posthaste/internal/cli/process"
	"posthaste/internal/near"
	"posthaste/internal/selection"
	"posthaste/runner"
	"posthaste/runner/event"
)

// matchesSomething says which patterns of a selection match no request of any collection of the run. The other patterns
// still select something, so the run goes on; a limit of --threshold that can never be broken ends it.
func (r *running) matchesSomething(all []runner.Options) error {
	f := r.flags
	var paths []string
	var requests []*collection.Item
	for _, opt := range all {
		for _, item := range opt.Collection.Requests() {
			requests = append(requests, item)
			paths = append(paths, pathIn(opt, item))
		}
	}
	for _, list := range []struct {
		flag     string
		patterns []string
		filter   func(pattern string) selection.Filter
	}{
		{"include", f.include, func(p string) selection.Filter { return selection.Filter{Include: []string{p}} }},
		{"exclude", f.exclude, func(p string) selection.Filter { return selection.Filter{Include: []string{p}} }},
		{"setup", f.setup, func(p string) selection.Filter { return selection.Filter{Include: []string{p}} }},
		{"tag", f.tags, func(p string) selection.Filter { return selection.Filter{Tags: []string{strings.TrimPrefix(p, "!")}} }},
	} {
		for _, pattern := range list.patterns {
			filter := list.filter(pattern)
			take, err := filter.Compile()
			if err == nil && !slices.ContainsFunc(requests, take) {
				r.process.Warn("--%s %s matches no request%s", list.flag, pattern, orNear(strings.Trim(pattern, "*/"), paths))
			}
		}
	}
	return r.judgesSomething(paths)
}

// judgesSomething refuses a threshold for a path that no request has: it would be kept whatever happens.
func (r *running) judgesSomething(paths []string) error {
	limits, err := r.thresholds()
	if err != nil {
		return err
	}
	for _, limit := range limits {
		if !slices.ContainsFunc(paths, limit.Judges) {
			return process.Usage("posthaste list shows the paths", "--threshold %s: no request has such a path", limit.Text)
		}
	}
	return nil
}

// orNear names what looks like a name, in the brackets behind a warning.
func orNear(name string, candidates []string) string {
	if len(name) < 3 { // everything is near
		return ""
	}
	if best := near.Names(name, candidates, 2); len(best) > 0 {
		return " (did you mean " + quoted(best) + "?)"
	}
	return ""
}

// A witness remembers what came up in a run: names of variables, and hosts that requests were for. It knows at the end
// which names of --secret and which hosts of --map never did. The zero witness is ready to use.
type witness struct {
	mu     sync.Mutex
	names  map[string]bool
	hosts  map[string]bool
	origin string // of the request before
}

func (w *witness) name(key string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.names == nil {
		w.names = map[string]bool{}
	}
	w.names[key] = true
}

// scopes notes the variables that a run begins with.
func (w *witness) scopes(c *collection.Collection, scopes ...*collection.Environment) {
	for _, v := range c.Variables {
		w.name(v.Key)
	}
	for _, scope := range scopes {
		for _, v := range scope.Values {
			w.name(v.Key)
		}
	}
}

// see looks at an event as it happened.
func (w *witness) see(e event.Event) {
	switch e := e.(type) {
	case event.VariableSet:
		w.name(e.Key)
	case event.RequestSent:
		for _, n := range e.Names {
			w.name(n.Key)
		}
		w.mu.Lock()
		defer w.mu.Unlock()
		if origin := originOf(e.Request.URL); origin == w.origin && origin != "" {
			return // most requests go where the one before went
		}
		if u, err := url.Parse(e.Request.URL); err == nil {
			w.origin = originOf(e.Request.URL)
			w.host(u.Hostname())
		}
	}
}

// visited notes a host that a hop was for: rules of --map may be for redirects.
func (w *witness) visited(host string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.host(host)
}

// host notes a host. w.mu is held.
func (w *witness) host(name string) {
	if w.hosts == nil {
		w.hosts = map[string]bool{}
	}
	w.hosts[strings.ToLower(name)] = true
}

// originOf is the beginning of a URL, up to its path; "" where it has no scheme.
func originOf(address string) string {
	scheme, rest, ok := strings.Cut(address, "://")
	if !ok {
		return ""
	}
	if end := strings.IndexAny(rest, "/?#"); end >= 0 {
		rest = rest[:end]
	}
	return address[:len(scheme)+len("://")+len(rest)]
}

// observed notes the columns of iteration data as its rows are read.
func (w *witness) observed(rows runner.Rows) runner.Rows {
	return &observedRows{Rows: rows, witness: w}
}

type observedRows struct {
	runner.Rows
	witness *witness
}

// Next returns the next row.
func (o *observedRows) Next() (data.Row, bool, error) {
	row, ok, err := o.Rows.Next()
	for _, field := range row {
		o.witness.name(field.Key)
	}
	return row, ok, err
}

// say warns of names that never came up in the run. A secret under another name than the one that was given is not masked.
func (w *witness) say(p *process.Process, f *runFlags) {
	var known []string
	for name := range w.names {
		known = append(known, name)
	}
	slices.Sort(known)
	for _, name := range f.secretNames {
		if !slices.ContainsFunc(known, func(k string) bool { return strings.EqualFold(k, name) }) {
			p.Warn("--secret %s: no variable of this name came up in the run%s", name, orNear(name, known))
		}
	}
	if len(w.hosts) == 0 {
		return
	}
	var hosts []string
	for host := range w.hosts {
		hosts = append(hosts, host)
	}
	slices.Sort(hosts)
	for _, rule := range f.mappings {
		if host := mappedHost(rule); host != "" && !w.hosts[host] {
			p.Warn("--map %s: no request of the run was for %s%s", rule, host, orNear(host, hosts))
		}
	}
}

// mappedHost is the host that a rule of --map is about, "" where it cannot be told.
func mappedHost(rule string) string {
	from, _, err := option.Mapping(rule)
	if err != nil {
		return ""
	}
	if !strings.Contains(from, "://") {
		from = fmt.Sprintf("https://%s", from)
	}
	u, err := url.Parse(from)
	if err != nil {
		return ""
	}
	return strings.ToLower(u.Hostname())
}
