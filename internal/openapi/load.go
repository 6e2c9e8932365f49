package openapi

import (
	"errors"
	"fmt"
	"strings"

	"posthaste/collection/source"
	"posthaste/internal/openapi/node"
	"posthaste/internal/openapi/reference"
	"posthaste/internal/openapi/schema"
)

// Options say how a Document is read. Read is required; the package itself touches neither
// disk nor network.
type Options struct {
	// name is as the user or a reference wrote it, the latter resolved against the file that
	// it stands in.
	// Read returns what a file or a URL holds.
	Read func(name string) ([]byte, error)
	// Remote follows references to other hosts. Without it they are Problems, for a file must
	// not make a run send requests elsewhere unasked.
	// Remote follows references to other hosts.
	Remote bool
	// Base is the URL at which the API is served, instead of what the file says. "" leaves that.
	Base string
}

// mostErrors is how many errors of a file are told at once. A file written for another
// version has one in every operation.
const mostErrors = 10

// Load reads a file and those that it refers to. The error has every place that is wrong, up
// to ten, one a line. What does not keep the file from being used is in Problems instead.
func Load(name string, opt Options) (*Document, error) {
	set := &reference.Set{Read: opt.Read, Remote: opt.Remote}
	file, err := set.Load(name)
	if err != nil {
		return nil, err
	}
	d := &Document{Name: name, Root: file.Root, set: set}
	// Everything below depends on the version, so that its error ends the reading.
	if err := d.version(); err != nil {
		return nil, err
	}
	d.compiler = &schema.Compiler{Set: set, Dialect: schema.OAS30, Named: d.named, Extending: d.extending, Together: true, Problem: d.problem, Broken: d.broken}
	// Only 3.1 has a choice of dialect; 3.0 and 2.0 have their own.
	if d.Version == "3.1" {
		d.compiler.Dialect = schema.Draft2020
		if uri := d.Root.Str("jsonSchemaDialect"); uri != "" {
			if dialect, ok := schema.DialectOf(uri); ok {
				d.compiler.Dialect = dialect
			} else {
				d.problem(d.Root.Get("jsonSchemaDialect"), fmt.Sprintf("the dialect %s is not known; schemas are read as those of draft 2020-12", uri))
			}
		}
	}
	l := &loader{Document: d}
	l.document(opt.Base)
	if len(l.errs) > 0 {
		return nil, l.failure()
	}
	// Known only now: files are loaded when a reference to them is followed.
	d.Files = len(set.Files())
	return d, nil
}

// ErrNotOpenAPI says that a file is something else.
var ErrNotOpenAPI = errors.New("this is not an OpenAPI file: it has neither openapi nor swagger")

// version finds out which specification the file follows. A file of another kind is told
// apart by what users confuse it with: their Postman collection.
func (d *Document) version() error {
	v := d.Root.Get("openapi")
	if v == nil {
		v = d.Root.Get("swagger")
	}
	if v == nil || d.Root.Kind != node.Object {
		hint := "an OpenAPI file begins with openapi: 3.1.0, or with swagger: \"2.0\""
		// info.schema and item are those of the collection formats 2.0 and 2.1.
		if d.Root.At("info", "schema") != nil || d.Root.Get("item") != nil {
			hint = "this is a Postman collection; it is what `posthaste run` takes first"
		}
		return &source.ParseError{File: d.Name, Hint: hint, Err: ErrNotOpenAPI}
	}
	d.Title = d.Root.At("info").Str("title")
	switch {
	// YAML reads swagger: 2.0 without quotes as a number; its text still is "2.0".
	case strings.HasPrefix(v.Text, "2.") && d.Root.Get("swagger") != nil, v.Text == "2":
		d.Version = "2.0"
	case strings.HasPrefix(v.Text, "3.0"):
		d.Version = "3.0"
	case strings.HasPrefix(v.Text, "3."):
		// 3.2 and later add to 3.1 without taking away.
		d.Version = "3.1"
		if !strings.HasPrefix(v.Text, "3.1") {
			d.problem(v, "version "+v.Text+" is read as 3.1")
		}
	default:
		return &source.ParseError{
			File: d.Name, Pos: source.Pos{Line: v.Line, Col: v.Col}, Hint: "3.0, 3.1 and Swagger 2.0 are read",
			Err: fmt.Errorf("version %s is not known", v.Text),
		}
	}
	return nil
}

// problem takes note of something that is left out, once for each place and message: a schema
// that is referred to often is one problem.
func (d *Document) problem(at *node.Node, message string) {
	p := Problem{Place: at.Place(), Message: message}
	for _, known := range d.Problems {
		if known == p {
			return
		}
	}
	d.Problems = append(d.Problems, p)
}

// broken takes note of a reference that leads nowhere: what it stands for is not checked. The
// place is that of the reference, not of its target.
func (d *Document) broken(err error) {
	p := Problem{Message: err.Error(), Reference: true}
	var r *reference.Error
	if errors.As(err, &r) {
		p.Place, p.Message = r.At.Place(), fmt.Sprintf("$ref %q: %v", r.Ref, r.Err)
	}
	for _, known := range d.Problems {
		if known == p {
			return
		}
	}
	d.Problems = append(d.Problems, p)
}

// named finds a schema of the file by its name, which a discriminator may use; nil for an
// unknown name.
func (d *Document) named(_ *node.Node, name string) *node.Node { return d.schemas().Get(name) }

// schemas are the schemas of the file that have names. A discriminator's bare names mean
// these, in whatever file it stands.
func (d *Document) schemas() *node.Node {
	if d.Version == "2.0" {
		return d.Root.Get("definitions")
	}
	return d.Root.At("components", "schemas")
}

// extending lists by name the schemas that extend one by allOf, directly or through others.
// Without it, a discriminator on a base class has no alternatives.
func (d *Document) extending(base *node.Node) map[string]*node.Node {
	all := d.schemas()
	if all == nil || all.Kind != node.Object {
		return nil
	}
	list := map[string]*node.Node{}
	for again := true; again; { // also those that extend it at second hand
		again = false
		for i, name := range all.Keys {
			if list[name] != nil {
				// The list grows until a round adds nothing; cycles of allOf do no harm,
				// since each name is added once.
				continue
			}
			for _, part := range all.Items[i].List("allOf") {
				to, err := d.set.Follow(part)
				// An allOf part that stands in place is nobody's base class.
				if err != nil || part.Get("$ref") == nil {
					continue
				}
				if to == base || isIn(list, to) {
					list[name], again = all.Items[i], true
				}
			}
		}
	}
	return list
}

// isIn reports whether a node is among the values, by identity.
func isIn(list map[string]*node.Node, n *node.Node) bool {
	for _, one := range list {
		if one == n {
			return true
		}
	}
	return false
}

// A loader fills a Document and gathers what is wrong. It is discarded once the Document is
// complete.
type loader struct {
	*Document
	errs []error
	// The texts of errs, as the same schema is compiled for each of its users.
	told map[string]bool

	based bool // the user says where the API is served
}

// fail adds an error, once for each text. nil is ignored.
func (l *loader) fail(err error) {
	if err == nil || l.told[err.Error()] {
		return
	}
	if l.told == nil {
		l.told = map[string]bool{}
	}
	l.told[err.Error()] = true
	l.errs = append(l.errs, err)
}

// failAt is fail with the place of a node, and the document's own file where the node has no
// place.
func (l *loader) failAt(at *node.Node, format string, args ...any) {
	e := &source.ParseError{File: l.Name, Err: fmt.Errorf(format, args...)}
	if at != nil && at.File != nil {
		e.File, e.Pos = at.File.Name, source.Pos{Line: at.Line, Col: at.Col}
	}
	l.fail(e)
}

// failure is all that is wrong, one a line, the first ten and a count of the rest. There must
// be an error.
func (l *loader) failure() error {
	list := l.errs[:min(mostErrors, len(l.errs))]
	if more := len(l.errs) - len(list); more > 0 {
		list = append(list, fmt.Errorf("and %d more", more))
	}
	return errors.Join(list...)
}

// follow is what a node stands for, nil where its reference leads nowhere, which is then a
// Problem. A node without $ref stands for itself.
func (l *loader) follow(n *node.Node) *node.Node {
	if n == nil {
		return nil
	}
	to, err := l.set.Follow(n)
	if err != nil {
		l.broken(err)
		return nil
	}
	return to
}

// schema compiles a schema; nil if missing, and where it is wrong, which is an error
// of the file.
func (l *loader) schema(n *node.Node) *schema.Schema {
	if n == nil {
		return nil
	}
	s, err := l.compiler.Compile(n)
	if err != nil {
		l.fail(err)
		return nil
	}
	return s
}

// object is a node that must be an object; nil where it is missing, null (an empty value in
// YAML) or something else, which is told. what names it in the message.
func (l *loader) object(n *node.Node, what string) *node.Node {
	if n == nil || n.Kind == node.Null {
		return nil
	}
	if n.Kind != node.Object {
		l.failAt(n, "%s is an object, not %s", what, n.Kind)
		return nil
	}
	return n
}

// document reads the whole file: servers before paths, which inherit them, and routes at the
// end, when all operations are known.
func (l *loader) document(base string) {
	l.servers(base)
	l.schemes()
	paths := l.object(l.Root.Get("paths"), "paths")
	if paths == nil {
		if l.Version == "3.1" {
			return // webhooks or components alone
		}
		// Anything that went wrong before explains better why there are none.
		if len(l.errs) == 0 {
			l.failAt(l.Root, "the file has no paths")
		}
		return
	}
	for i, path := range paths.Keys {
		// Extensions may stand beside paths.
		if strings.HasPrefix(path, "x-") {
			continue
		}
		// The specification asks for the slash; what the author means is clear without it.
		if !strings.HasPrefix(path, "/") {
			l.problem(paths.Items[i], fmt.Sprintf("the path %q does not begin with a slash", path))
			path = "/" + path
		}
		l.path(path, paths.Items[i])
	}
	l.route()
}

// methods are the operations that a path may have, in the specification's order. Other keys
// of a path (summary, parameters, x-…) are not.
func methods() []string {
	return []string{"get", "put", "post", "delete", "options", "head", "patch", "trace"}
}

// path reads the operations of one path. Its own parameters and servers apply to each of
// them.
func (l *loader) path(path string, at *node.Node) {
	item := l.object(l.follow(at), "a path")
	if item == nil {
		return
	}
	shared := l.parameters(item.Get("parameters"), nil)
	servers := l.serversOf(item, l.Servers)
	for i, key := range item.Keys {
		for _, method := range methods() {
			// In lower case by the specification; files with GET occur, and can mean nothing
			// else.
			if strings.EqualFold(key, method) {
				l.operation(strings.ToUpper(method), path, item.Items[i], shared, servers)
			}
		}
	}
}

// operation reads one operation and appends it to the Document. shared are the parameters of
// its path, servers those that it inherits.
func (l *loader) operation(method, path string, at *node.Node, shared []*Parameter, servers []Server) {
	n := l.object(at, "an operation")
	if n == nil {
		return
	}
	o := &Operation{
		Document: l.Document, Method: method, Path: path, ID: n.Str("operationId"), Summary: n.Str("summary"), Description: n.Str("description"),
		Deprecated: n.True("deprecated"), Servers: l.serversOf(n, servers), Node: n,
	}
	for _, tag := range n.List("tags") {
		o.Tags = append(o.Tags, tag.Text)
	}
	o.Parameters = l.parameters(n.Get("parameters"), shared)
	o.Security = requirements(n.Get("security"), l.Root.Get("security"))
	if l.Version == "2.0" {
		// body2 sets o.Body itself, from the parameters.
		l.body2(o)
	} else {
		o.Body = l.body(n.Get("requestBody"))
	}
	responses := l.object(n.Get("responses"), "responses")
	if responses != nil {
		for i, status := range responses.Keys {
			if strings.HasPrefix(status, "x-") {
				continue
			}
			if r := l.response(status, responses.Items[i], o); r != nil {
				o.Responses = append(o.Responses, r)
			}
		}
	}
	l.Operations = append(l.Operations, o)
}

// requirements are the schemes that an operation asks for, or else the file. An empty list of
// the operation's own (security: []) takes away what the file asks for.
func requirements(own, all *node.Node) []Requirement {
	if own == nil {
		own = all
	}
	if own == nil {
		return nil
	}
	var list []Requirement
	for _, one := range own.Items {
		list = append(list, Requirement(one.Keys))
	}
	return list
}

// schemes reads the ways to authenticate. Scopes and URLs other than that for tokens are not
// used.
func (l *loader) schemes() {
	list := l.Root.At("components", "securitySchemes")
	if l.Version == "2.0" {
		list = l.Root.Get("securityDefinitions")
	}
	list = l.object(list, "securitySchemes")
	if list == nil {
		return
	}
	for i, name := range list.Keys {
		n := l.follow(list.Items[i])
		if n == nil {
			continue
		}
		s := Scheme{Name: name, Type: n.Str("type"), In: n.Str("in"), Key: n.Str("name"), HTTP: strings.ToLower(n.Str("scheme")), Node: n, TokenURL: n.Str("tokenUrl")}
		if s.Type == "basic" { // Swagger 2.0
			s.Type, s.HTTP = "http", "basic"
		}
		// Of several flows, the last one's token URL is kept.
		if flows := n.Get("flows"); flows != nil {
			for _, flow := range flows.Items {
				if url := flow.Str("tokenUrl"); url != "" {
					s.TokenURL = url
				}
			}
		}
		l.Schemes = append(l.Schemes, s)
	}
}
