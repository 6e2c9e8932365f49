package openapi

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// A route is a path template, ready to be compared with the path of a request, segment by
// segment.
type route struct {
	segments []segment
	query    url.Values // that the template itself has, as some files do to tell operations apart
	served   int        // which of Document.served
}

// A segment is what stands between two slashes of a template: a literal, one parameter, or a
// mixture of both.
type segment struct {
	literal string         // "" where it has parameters
	names   []string       // of its parameters
	whole   bool           // it is one parameter and nothing else
	pattern *regexp.Regexp // where it is more, such as {name}.{format}
	plain   int            // how many bytes of it are no parameters
}

// A base is a server, ready to be compared. A server whose host has variables has a segment
// for the host first in path, and the scheme "{host}".
type base struct {
	scheme, host string
	path         []segment
	any          bool // the file does not say on which host
}

// A parameter in a template, with its name: {reference}.
var templateName = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`\{([^{}]*)\}`) })

// newSegment prepares a segment of a template. enums has the values of server variables that
// are limited; parameters of a path have none here, as a value outside its enum is a failure
// of the contract and not another path.
func newSegment(text string, enums map[string][]string) segment {
	found := templateName().FindAllStringSubmatchIndex(text, -1)
	if found == nil {
		return segment{literal: unescape(text)}
	}
	s := segment{}
	var expression strings.Builder
	// Without regard to case: hosts have none, and of mixed segments the literal parts are
	// short.
	expression.WriteString("^(?i:")
	last := 0
	for _, m := range found {
		name := text[m[2]:m[3]]
		// RFC 6570 operators, which some files write: {.format}, {;id}, {+path}, {list*}.
		s.names = append(s.names, strings.TrimSuffix(strings.TrimLeft(name, ".;+"), "*"))
		expression.WriteString(regexp.QuoteMeta(text[last:m[0]]))
		if values := enums[name]; len(values) > 0 {
			quoted := make([]string, len(values))
			for i, v := range values {
				quoted[i] = regexp.QuoteMeta(v)
			}
			expression.WriteString("(" + strings.Join(quoted, "|") + ")")
		} else {
			// The shortest text, so that {name}.{format} divides at the first dot.
			expression.WriteString("(.+?)")
		}
		s.plain += m[0] - last
		last = m[1]
	}
	s.plain += len(text) - last
	expression.WriteString(regexp.QuoteMeta(text[last:]) + ")$")
	s.whole = len(found) == 1 && found[0][0] == 0 && found[0][1] == len(text) && len(enums[s.names[0]]) == 0
	if !s.whole {
		s.pattern = regexp.MustCompile(expression.String())
	}
	return s
}

// unescape decodes %XX of a segment; a malformed escape leaves it as it is, since the request
// is sent that way, too.
func unescape(text string) string {
	if !strings.Contains(text, "%") {
		return text
	}
	if plain, err := url.PathUnescape(text); err == nil {
		return plain
	}
	return text
}

// match compares a segment of a path, unescaped, and adds the values of parameters. An empty
// text is no value: /payments/ is not /payments/{id}.
func (s *segment) match(text string, values *[]PathValue) bool {
	switch {
	case s.names == nil:
		return s.literal == text
	case text == "":
		return false
	case s.whole:
		*values = append(*values, PathValue{s.names[0], text})
		return true
	}
	m := s.pattern.FindStringSubmatch(text)
	if m == nil {
		return false
	}
	for i, name := range s.names {
		*values = append(*values, PathValue{name, m[i+1]})
	}
	return true
}

// weight orders segments: the most concrete first, so that /payments/latest is found before
// /payments/{id} (OpenAPI 3.0.3, Paths Object).
func (s *segment) weight() int {
	switch {
	case s.names == nil:
		return 0
	case s.whole:
		return 2
	}
	return 1
}

// A PathValue is the value of a parameter in a path, unescaped. Its name is that of the
// template.
type PathValue struct{ Name, Value string }

// route prepares all operations for Match. They are grouped by their number of segments, so
// that a request is compared with few.
func (l *loader) route() {
	l.routes = map[int][]*Operation{}
	known := map[*Server]int{}
	l.serve(known, l.Servers)
	for _, o := range l.Operations {
		path, query, _ := strings.Cut(o.Path, "?")
		path, _, _ = strings.Cut(path, "#")
		o.route.query, _ = url.ParseQuery(query)
		// A path "/" has one segment, the empty one.
		for text := range strings.SplitSeq(strings.TrimPrefix(path, "/"), "/") {
			o.route.segments = append(o.route.segments, newSegment(text, nil))
		}
		o.route.served = l.serve(known, o.Servers)
		n := len(o.route.segments)
		l.routes[n] = append(l.routes[n], o)
	}
	for _, list := range l.routes {
		slices.SortStableFunc(list, func(a, b *Operation) int {
			for i := range a.route.segments {
				if d := a.route.segments[i].weight() - b.route.segments[i].weight(); d != 0 {
					return d
				}
				// {id}:cancel:now is more concrete than {id}:cancel.
				if d := b.route.segments[i].plain - a.route.segments[i].plain; d != 0 && a.route.segments[i].names != nil {
					return d
				}
			}
			// Of two paths that are alike, the one whose template asks for a query is more
			// concrete.
			return len(b.route.query) - len(a.route.query)
		})
	}
}

// serve makes a list of servers comparable, once, and returns its place among all lists.
// Operations that inherit their servers share one list, which its first element's address
// identifies.
func (l *loader) serve(known map[*Server]int, servers []Server) int {
	if i, ok := known[&servers[0]]; ok {
		return i
	}
	var list []base
	for _, s := range servers {
		list = append(list, newBase(s))
	}
	l.served = append(l.served, list)
	known[&servers[0]] = len(l.served) - 1
	return len(l.served) - 1
}

// newBase reads the URL of a server. url.Parse would refuse the braces of variables. The
// kinds are https://host/v1, //host/v1, /v1 and "".
func newBase(s Server) base {
	enums := map[string][]string{}
	for _, v := range s.Variables {
		enums[v.Name] = v.Enum
	}
	scheme, rest, absolute := strings.Cut(s.URL, "://")
	// Without a host, the requests may go to any.
	if !absolute {
		rest = s.URL
		if after, ok := strings.CutPrefix(s.URL, "//"); ok {
			rest, absolute = after, true
		}
		scheme = ""
	}
	b := base{scheme: strings.ToLower(scheme), any: !absolute}
	host, path := "", rest
	if absolute {
		host, path, _ = strings.Cut(rest, "/")
		b.host = strings.ToLower(host)
	}
	// A host with a variable is compared by a pattern, as the first segment.
	if strings.Contains(b.host, "{") {
		b.host = ""
		one := newSegment(host, enums)
		b.path = append(b.path, one)
		b.scheme = "{host}"
	}
	for text := range strings.SplitSeq(strings.Trim(path, "/"), "/") {
		if text != "" {
			b.path = append(b.path, newSegment(text, enums))
		}
	}
	return b
}

// cut takes the base off a path. It is false where the URL is of another server. The scheme
// is not compared: tests often reach an https API through a local http port.
func (b *base) cut(host string, path []string) (rest []string, ok bool) {
	segments := b.path
	var values []PathValue
	switch {
	case b.any:
	case b.scheme == "{host}":
		// The template may or may not name the port.
		if !segments[0].match(host, &values) && !segments[0].match(withoutPort(host), &values) {
			return nil, false
		}
		segments = segments[1:]
	case !sameHost(b.host, host):
		return nil, false
	}
	if len(path) < len(segments) {
		return nil, false
	}
	for i := range segments {
		if !segments[i].match(path[i], &values) {
			return nil, false
		}
	}
	return path[len(segments):], true
}

// withoutPort is a host without :port. The brackets of an IPv6 address, [::1], have colons
// inside.
func withoutPort(host string) string {
	if i := strings.LastIndexByte(host, ':'); i >= 0 && !strings.HasSuffix(host, "]") {
		return host[:i]
	}
	return host
}

// sameHost compares hosts; the ports that http and https have anyway do not matter. Neither
// scheme is known to be the other's, so that both ports count as none.
func sameHost(a, b string) bool {
	plain := func(h string) string {
		return strings.TrimSuffix(strings.TrimSuffix(h, ":443"), ":80")
	}
	return plain(a) == plain(b)
}

// A Match is the operation that a request is of, and the values of the template's parameters.
// Operation is nil where nothing matches.
type Match struct {
	Operation *Operation
	Path      []PathValue
}

// Match finds the operation of a request. Served says whether a server of the document has the URL at all; others are those
// methods that the path has where it has not the request's.
//
// A path that ends otherwise than the template, with a slash or without, is taken for the
// same where there is no better: servers mostly redirect or ignore it.
func (d *Document) Match(method string, u *url.URL) (m Match, served bool, others []string) {
	m, served, others = d.find(method, u)
	if m.Operation != nil || !served {
		return m, served, others
	}
	// A copy: the URL belongs to the request.
	other := *u
	if strings.HasSuffix(u.Path, "/") {
		other.Path, other.RawPath = strings.TrimSuffix(u.Path, "/"), strings.TrimSuffix(u.RawPath, "/")
	} else {
		other.Path += "/"
		if u.RawPath != "" {
			other.RawPath += "/"
		}
	}
	if again, _, _ := d.find(method, &other); again.Operation != nil {
		return again, true, nil
	}
	return m, served, others
}

// find is Match for the path as it is written. It goes through the lengths of bases, the
// longest first, and through operations in the order of weight.
func (d *Document) find(method string, u *url.URL) (m Match, served bool, others []string) {
	host := strings.ToLower(u.Host)
	// The escaped path is divided, so that %2F within a value does not become a slash.
	path := strings.Split(strings.TrimPrefix(u.EscapedPath(), "/"), "/")
	for i := range path {
		path[i] = unescape(path[i])
	}
	// For each list of servers, how many segments of this path its bases take.
	lengths := make([][]int, len(d.served))
	for i, list := range d.served {
		for j := range list {
			if rest, ok := list[j].cut(host, path); ok {
				served = true
				if n := len(path) - len(rest); !slices.Contains(lengths[i], n) {
					lengths[i] = append(lengths[i], n)
				}
			}
		}
	}
	if !served {
		return Match{}, false, nil
	}
	for cut := len(path); cut >= 0; cut-- { // a base that says more goes first
		for _, o := range d.routes[len(path)-cut] {
			if !slices.Contains(lengths[o.route.served], cut) {
				continue
			}
			values, ok := o.matches(path[cut:], u)
			switch {
			case !ok:
			case o.Method != method:
				others = append(others, o.Method)
			case m.Operation == nil:
				m = Match{o, values}
			}
			if m.Operation != nil {
				return m, true, nil
			}
		}
	}
	slices.Sort(others)
	return m, served, slices.Compact(others)
}

// matches compares a path behind the base. The number of segments is equal already, as routes
// are grouped by it. Queries that the template has must be there with the same values; others
// do not matter.
func (o *Operation) matches(path []string, u *url.URL) ([]PathValue, bool) {
	var values []PathValue
	for i := range o.route.segments {
		if !o.route.segments[i].match(path[i], &values) {
			return nil, false
		}
	}
	if len(o.route.query) > 0 {
		query := u.Query()
		for key, want := range o.route.query {
			if !slices.Equal(query[key], want) {
				return nil, false
			}
		}
	}
	return values, true
}

// ServesAny reports whether the file says on no host it is served, so that requests to any
// may be its own. A relative URL among the servers is enough.
func (d *Document) ServesAny() bool {
	return slices.ContainsFunc(d.Servers, func(s Server) bool { b := newBase(s); return b.any })
}

// HasQuery reports whether the path template of the operation has a parameter of the query
// itself, which then is documented without being a Parameter.
func (o *Operation) HasQuery(name string) bool { return o.route.query.Has(name) }
