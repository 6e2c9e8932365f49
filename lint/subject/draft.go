package subject

import (
	"net/url"
	"strings"

	"posthaste/collection"
	"posthaste/internal/expansion"
	"posthaste/internal/openapi"
	"posthaste/internal/placeholder"
	"posthaste/internal/secret/naming"
	"posthaste/internal/transport/target"
	"posthaste/internal/variable"
	"posthaste/runner/event"
)

// A draft is a request as a run would send it, as far as that is known from the files: what scripts set, and what no file has,
// are gaps.
type draft struct {
	k    *Checker
	step *Step
	vars *expansion.Expansion
	gaps int

	request event.Request
	host    string   // may have gaps
	url     *url.URL // without the host
	said    string   // the host as the collection has it, such as {{baseUrl}}
}

// draft makes one of a step; false where nothing can be said of the request.
func (k *Checker) draft(s *Step) (*draft, bool) {
	d := &draft{k: k, step: s}
	d.vars = &expansion.Expansion{Lookup: d.value, Angles: true}
	changed := changesOf(s)
	if changed.all {
		return nil, false
	}
	q := s.Item.Request
	d.request.Method = d.text(q.Method)
	if d.request.Method == "" {
		d.request.Method = "GET"
	}
	if openapi.HasGap(d.request.Method) || !d.address(q.URL) {
		return nil, false
	}
	for _, h := range q.Header {
		if !h.Disabled && h.Key != "" {
			d.header(d.text(h.Key), d.text(h.Value))
		}
	}
	d.authenticate()
	d.body()
	if changed.body {
		d.request.Body = event.Body{Size: 1, Cut: true}
		d.setHeader("Content-Type", d.gap())
	}
	for _, name := range changed.headers {
		d.setHeader(name, d.gap())
	}
	if changed.anyHeader {
		d.header(d.gap(), d.gap())
	}
	if changed.query {
		d.query(d.gap(), d.gap())
	}
	d.system()
	return d, d.vars.Err() == nil
}

// gap is one more thing that is not known.
func (d *draft) gap() string {
	d.gaps++
	return openapi.NewGap(d.gaps)
}

// value is what a variable certainly is when the request is sent: what a file has, where no script and no row of data gives another. The
// values of secrets are gaps, so that no message has them.
func (d *draft) value(name string) (expansion.Value, bool) {
	k := d.k
	unknown := expansion.Value{Text: d.gap(), Fresh: true}
	if naming.Names(name) || k.SetsUnknown() || k.FromData(name) || len(k.Setters(name)) > 0 {
		return unknown, true
	}
	w, ok := k.Variable(name)
	if !ok || Hollow(w.Variable) != "" {
		return unknown, true
	}
	return expansion.Value{Text: variable.Text(w.Variable.Typed())}, true
}

// text is a text of the request with the values of variables put in. One that asks to be replaced, such as <client id> or
// <string>, is a gap.
func (d *draft) text(text string) string {
	text = d.vars.Expand(text)
	if placeholder.Is(text) || isBracketed(text) {
		return d.gap()
	}
	return text
}

// isBracketed knows values such as <string>, which Postman writes where it imports an OpenAPI file.
func isBracketed(text string) bool {
	if len(text) < 3 || text[0] != '<' || text[len(text)-1] != '>' {
		return false
	}
	return !strings.ContainsFunc(text[1:len(text)-1], func(r rune) bool {
		return r != '-' && r != '_' && (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z')
	})
}

// address reads the URL; false where its path is not known at all.
func (d *draft) address(u collection.URL) bool {
	written := u.Resolved()
	said := collection.SplitURL(written)
	d.said = said.Host
	if said.HasPort {
		d.said += ":" + said.Port
	}
	text := d.vars.Expand(written)
	parts := collection.SplitURL(text)
	d.host = strings.ToLower(parts.Host)
	if parts.HasPort {
		d.host += ":" + parts.Port
	}
	path := parts.Path
	if first, ok := d.afterGap(parts.Host); ok && !parts.HasPort {
		d.host = openapi.NewGap(0)
		path = strings.TrimSuffix(first+"/"+path, "/")
		parts.HasPath = true
	}
	if openapi.HasGap(d.host) && !parts.HasPath {
		return false // all of the URL is one variable
	}
	segments := strings.Split(path, "/")
	for i, segment := range segments {
		if len(segment) > 1 && segment[0] == ':' { // a path variable without a value
			_, rest, dotted := strings.Cut(segment, ".")
			segments[i] = d.gap()
			if dotted {
				segments[i] += "." + rest
			}
			continue
		}
		if isBracketed(segment) {
			segments[i] = d.gap()
		}
	}
	query := ""
	if parts.HasQuery {
		query = "?" + d.placeholders(parts.Query)
	}
	// The host is put in behind, as gaps are in no name of a host.
	t, err := target.Parse("http://host/"+strings.Join(segments, "/")+query, false)
	if err != nil {
		return false
	}
	d.url, err = url.Parse(t.String())
	if err != nil {
		return false
	}
	d.request.URL = t.String()
	return true
}

// afterGap is what follows a host that begins with a variable, where it is the begin of the path: {{baseUrl}}v1 has the slash in the
// variable, and {{shop}}.example.com has not.
func (d *draft) afterGap(host string) (string, bool) {
	i := strings.LastIndex(host, openapi.Gap)
	if i != 0 {
		return "", false
	}
	rest := strings.TrimLeftFunc(host, func(r rune) bool { return openapi.IsGap(openapi.Gap + string(r)) })
	return rest, rest != "" && !strings.ContainsAny(rest, ".:")
}

// placeholders puts gaps in the place of values such as <string> in a query.
func (d *draft) placeholders(query string) string {
	pairs := strings.Split(query, "&")
	for i, pair := range pairs {
		key, value, ok := strings.Cut(pair, "=")
		if plain, err := url.QueryUnescape(value); ok && err == nil && (isBracketed(plain) || placeholder.Is(plain)) {
			pairs[i] = key + "=" + d.gap()
		}
	}
	return strings.Join(pairs, "&")
}

// query adds a parameter to the query.
func (d *draft) query(key, value string) {
	if d.url.RawQuery != "" {
		d.url.RawQuery += "&"
	}
	d.url.RawQuery += url.QueryEscape(key) + "=" + url.QueryEscape(value)
}

// header adds a header line.
func (d *draft) header(key, value string) {
	d.request.Header = append(d.request.Header, event.Header{Key: key, Value: value})
}

// has is the value of a header, false where the draft does not have it.
func (d *draft) has(key string) (string, bool) {
	for _, h := range d.request.Header {
		if strings.EqualFold(h.Key, key) {
			return h.Value, true
		}
	}
	return "", false
}

// setHeader replaces a header, or adds it.
func (d *draft) setHeader(key, value string) {
	for i, h := range d.request.Header {
		if strings.EqualFold(h.Key, key) {
			d.request.Header[i].Value = value
			return
		}
	}
	d.header(key, value)
}

// system adds the headers that a run adds by itself, whose values nobody chooses.
func (d *draft) system() {
	for _, name := range []string{"User-Agent", "Accept", "Cache-Control", "Postman-Token", "Host", "Accept-Encoding", "Connection"} {
		if _, ok := d.has(name); !ok {
			d.header(name, d.gap())
		}
	}
	if _, ok := d.has("Content-Length"); !ok && d.request.Body.Size > 0 {
		d.header("Content-Length", d.gap())
	}
}
