// Package generate makes a Postman collection of the file of an API: a request an operation, with values that fit, in an order in
// which things are made before they are read and removed.
package generate

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"

	"posthaste/internal/openapi"
	"posthaste/internal/openapi/node"
	"posthaste/internal/openapi/schema"
)

// Options say what a collection has.
type Options struct {
	Negative bool       // also requests that must be refused
	Rand     *rand.Rand // nil: the first values that fit
}

// The parts of a collection of format 2.1, as far as they are written here.
type (
	document struct {
		Info     info       `json:"info"`
		Item     []*item    `json:"item"`
		Auth     *auth      `json:"auth,omitempty"`
		Variable []variable `json:"variable,omitempty"`
	}
	info struct {
		Name        string `json:"name"`
		Description string `json:"description,omitempty"`
		Schema      string `json:"schema"`
	}
	item struct {
		Name        string   `json:"name"`
		Description string   `json:"description,omitempty"`
		Item        []*item  `json:"item,omitempty"`
		Request     *request `json:"request,omitempty"`
		Event       []event  `json:"event,omitempty"`
		Behavior    *profile `json:"protocolProfileBehavior,omitempty"`
	}
	profile struct {
		FollowRedirects bool `json:"followRedirects"`
	}
	request struct {
		Method      string  `json:"method"`
		Header      []field `json:"header"`
		Body        *body   `json:"body,omitempty"`
		URL         string  `json:"url"`
		Auth        *auth   `json:"auth,omitempty"`
		Description string  `json:"description,omitempty"`
	}
	field struct {
		Key         string `json:"key"`
		Value       string `json:"value"`
		Type        string `json:"type,omitempty"`
		Description string `json:"description,omitempty"`
		Disabled    bool   `json:"disabled,omitempty"`
	}
	body struct {
		Mode       string          `json:"mode"`
		Raw        string          `json:"raw,omitempty"`
		URLEncoded []field         `json:"urlencoded,omitempty"`
		FormData   []field         `json:"formdata,omitempty"`
		Options    json.RawMessage `json:"options,omitempty"`
	}
	event struct {
		Listen string `json:"listen"`
		Script script `json:"script"`
	}
	script struct {
		Type string   `json:"type"`
		Exec []string `json:"exec"`
	}
	variable struct {
		Key   string `json:"key"`
		Value string `json:"value"`
		Type  string `json:"type,omitempty"`
	}
	auth map[string]any
)

const format21 = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"

// A Result is what Collection made.
type Result struct {
	Text     []byte // the collection, format 2.1 as JSON
	Requests int
	// Notes are the values that do not fit their schema, because none was found that does. The request's description has them, too.
	Notes []Note
}

// A Note is a value that has to be completed by hand.
type Note struct {
	Operation, Where string // "POST /items", "the body", "the query's filter"
	Message          string // what does not fit, with the place that asks
}

// String is "POST /items: the body: no value was found that fits: /code: …".
func (n Note) String() string { return n.Operation + ": " + n.Where + ": " + n.Message }

// Collection makes a collection of format 2.1.
func Collection(d *openapi.Document, opt Options) (*Result, error) {
	g := &generator{doc: d, opt: opt, made: schema.Example{Rand: opt.Rand, Request: true}, known: map[string]bool{}}
	out := document{Info: info{Name: d.Title, Description: d.Root.At("info").Str("description"), Schema: format21}}
	if out.Info.Name == "" {
		out.Info.Name = d.Name
	}
	g.made.Odd = func(message string) { g.odd = message }
	g.variable("baseUrl", baseURL(d.Servers), "")
	g.plan()
	requests := 0
	for _, f := range g.folders {
		folder := &item{Name: f.name}
		for _, o := range f.operations {
			folder.Item = append(folder.Item, g.item(o))
			requests++
			if opt.Negative {
				g.quiet = true
				cases := g.negative(o)
				g.quiet = false
				folder.Item = append(folder.Item, cases...)
				requests += len(cases)
			}
		}
		out.Item = append(out.Item, folder)
	}
	out.Variable = g.variables
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(out); err != nil {
		return nil, fmt.Errorf("writing the collection: %w", err)
	}
	return &Result{Text: b.Bytes(), Requests: requests, Notes: g.notes}, nil
}

// base is the variable of the operation's server: an operation may have one of its own.
func (g *generator) base(o *openapi.Operation) string {
	url := baseURL(o.Servers)
	if url == baseURL(g.doc.Servers) {
		return "{{baseUrl}}"
	}
	for i := 2; ; i++ {
		key := "baseUrl" + strconv.Itoa(i)
		g.variable(key, url, "")
		if slices.ContainsFunc(g.variables, func(v variable) bool { return v.Key == key && v.Value == url }) {
			return "{{" + key + "}}"
		}
	}
}

// baseURL is the first server, with the defaults of its variables.
func baseURL(servers []openapi.Server) string {
	if len(servers) == 0 {
		return "http://localhost"
	}
	text := servers[0].URL
	for _, v := range servers[0].Variables {
		value := v.Default
		if value == "" && len(v.Enum) > 0 {
			value = v.Enum[0]
		}
		text = strings.ReplaceAll(text, "{"+v.Name+"}", value)
	}
	if strings.HasPrefix(text, "//") {
		text = "https:" + text
	}
	if !strings.Contains(text, "://") {
		text = "http://localhost" + text
	}
	return text
}

// A generator makes one collection.
type generator struct {
	doc       *openapi.Document
	opt       Options
	made      schema.Example
	folders   []*folder
	variables []variable
	known     map[string]bool // variables
	notes     []Note
	quiet     bool   // the request at hand was noted already
	odd       string // what is odd about the value that was made last
}

// variable makes a variable once.
func (g *generator) variable(key, value, kind string) {
	if g.known[key] {
		return
	}
	g.known[key] = true
	g.variables = append(g.variables, variable{Key: key, Value: value, Type: kind})
}

// item makes the request of an operation, with its tests.
func (g *generator) item(o *openapi.Operation) *item {
	before := len(g.notes)
	it := &item{Name: nameOf(o), Request: g.request(o)}
	for _, n := range g.notes[before:] {
		it.Request.Description = strings.TrimSpace(it.Request.Description + "\n\nTo be completed: " + n.Where + ": " + n.Message)
	}
	// Where the answer is a redirect, that is what the tests look at, and not the page that it leads to.
	if _, code := o.Usual(); code >= 300 && code < 400 {
		it.Behavior = &profile{}
	}
	it.Event = []event{{Listen: "test", Script: script{Type: "text/javascript", Exec: g.tests(o)}}}
	return it
}

func nameOf(o *openapi.Operation) string {
	if o.Summary != "" {
		return o.Summary
	}
	if o.ID != "" {
		return o.ID
	}
	return o.String()
}

// request is the operation as it should be sent.
func (g *generator) request(o *openapi.Operation) *request {
	r := &request{Method: o.Method, Header: []field{}, Description: o.Description}
	var query []string
	for _, p := range o.Parameters {
		switch p.In {
		case "query":
			if p.Required {
				query = append(query, g.query(p)...)
				g.note(o, "the query's "+p.Name, p.Schema, g.value(p))
			}
		case "header":
			if ignored(p.Name) {
				continue
			}
			if p.Required {
				g.note(o, "the header "+p.Name, p.Schema, g.value(p))
			}
			r.Header = append(r.Header, field{Key: p.Name, Value: g.text(p), Description: p.Description, Disabled: !p.Required})
		case "cookie":
			if p.Required {
				r.Header = append(r.Header, field{Key: "Cookie", Value: p.Name + "=" + g.text(p)})
				g.note(o, "the cookie "+p.Name, p.Schema, g.value(p))
			}
		case "path":
			g.note(o, "the path's "+p.Name, p.Schema, g.value(p))
		}
	}
	r.URL = g.base(o) + g.path(o)
	g.authenticate(o, r, &query)
	if len(query) > 0 {
		separator := "?"
		if strings.Contains(r.URL, "?") {
			separator = "&"
		}
		r.URL += separator + strings.Join(query, "&")
	}
	if accept := accepted(o); accept != "" {
		r.Header = append(r.Header, field{Key: "Accept", Value: accept})
	}
	g.body(o, r)
	return r
}

func ignored(name string) bool {
	return strings.EqualFold(name, "Accept") || strings.EqualFold(name, "Content-Type") || strings.EqualFold(name, "Authorization")
}

// accepted is the content type of the usual response.
func accepted(o *openapi.Operation) string {
	for _, r := range o.Responses {
		if r.Status[0] == '2' && len(r.Content) > 0 {
			for _, m := range r.Content {
				if strings.Contains(m.Type, "json") {
					return m.Type
				}
			}
			return r.Content[0].Type
		}
	}
	return ""
}

// value is a value of a parameter: the file's own example where it fits.
func (g *generator) value(p *openapi.Parameter) *node.Node {
	g.odd = ""
	for _, v := range p.Examples {
		if g.made.Fits(p.Schema, v) {
			return v
		}
	}
	return g.made.Value(p.Schema)
}

// note takes note of a value that does not fit its schema.
func (g *generator) note(o *openapi.Operation, where string, s *schema.Schema, v *node.Node) {
	if g.quiet {
		return
	}
	why := g.made.Misfit(s, v)
	switch {
	case why != "":
		why = "no value was found that fits: " + why
	case g.odd != "":
		why = g.odd
	default:
		return
	}
	g.notes = append(g.notes, Note{Operation: o.String(), Where: where, Message: why})
}

// text is a value of a parameter as its style writes it.
func (g *generator) text(p *openapi.Parameter) string {
	v := g.value(p)
	if p.Media != "" {
		return v.JSON()
	}
	return plain(v, ",")
}

// plain is a value as the text of a parameter.
func plain(v *node.Node, separator string) string {
	switch v.Kind {
	case node.Array:
		var list []string
		for _, one := range v.Items {
			list = append(list, plain(one, separator))
		}
		return strings.Join(list, separator)
	case node.Object:
		var list []string
		for i, one := range v.Items {
			list = append(list, v.Keys[i], plain(one, separator))
		}
		return strings.Join(list, separator)
	case node.Null:
		return ""
	default:
		return v.Text
	}
}

// query are the pairs of a parameter of the query.
func (g *generator) query(p *openapi.Parameter) []string {
	v := g.value(p)
	pair := func(key, value string) string { return escape(key) + "=" + escape(value) }
	switch {
	case p.Media != "":
		return []string{pair(p.Name, v.JSON())}
	case v.Kind == node.Array && p.Explode:
		var list []string
		for _, one := range v.Items {
			list = append(list, pair(p.Name, plain(one, ",")))
		}
		return list
	case v.Kind == node.Object && (p.Explode || p.Style == "deepObject"):
		var list []string
		for i, one := range v.Items {
			key := v.Keys[i]
			if p.Style == "deepObject" {
				key = p.Name + "[" + key + "]"
			}
			list = append(list, pair(key, plain(one, ",")))
		}
		return list
	}
	separator := map[string]string{"spaceDelimited": " ", "pipeDelimited": "|", openapi.TabDelimited: "\t"}[p.Style]
	if separator == "" {
		separator = ","
	}
	return []string{pair(p.Name, plain(v, separator))}
}
