package schema

import (
	"fmt"
	"strconv"
	"time"

	"github.com/dlclark/regexp2/v2"

	"posthaste/internal/openapi/node"
)

// kinds are the types that a name of JSON Schema stands for, as a set; false for names that
// it does not have. number includes integer, integer does not include number.
func kinds(name string) (types, bool) {
	switch name {
	case "null":
		return 1 << node.Null, true
	case "boolean":
		return 1 << node.Bool, true
	case "number":
		return 1<<node.Number | integer, true
	case "integer":
		return integer, true
	case "string":
		return 1 << node.String, true
	case "array":
		return 1 << node.Array, true
	case "object":
		return 1 << node.Object, true
	}
	return 0, false
}

// general reads what concerns values of any type: type, enum, const, and OpenAPI's readOnly,
// writeOnly and nullable.
func (b *builder) general() {
	n, s := b.n, b.s
	s.ReadOnly, s.WriteOnly, s.Deprecated = n.True("readOnly"), n.True("writeOnly"), n.True("deprecated")
	// nullable was dropped in 3.1 for type: [string, "null"], but many files were only
	// renamed to 3.1 and keep it. x-nullable is its name in Swagger 2.0.
	s.nullable = b.dialect == OAS30 && (n.True("nullable") || n.True("x-nullable")) || b.dialect == Draft2020 && n.True("nullable")
	if t := n.Get("type"); t != nil {
		list := []*node.Node{t}
		if t.Kind == node.Array {
			list = t.Items
		}
		for _, one := range list {
			set, ok := kinds(one.Text)
			switch {
			case ok:
				s.types |= set
			// file is Swagger 2.0's type for uploads; any is no type of the specification,
			// but several generators write it. Both allow every value.
			case one.Text == "file" && b.dialect == OAS30, one.Text == "any" && b.dialect == OAS30:
				s.types = 0
				return
			default:
				b.problem(one, "type %q is not known", one.Text)
			}
		}
	}
	// An enum that is no list asks for nothing.
	if e := n.Get("enum"); e != nil && e.Kind == node.Array {
		s.Enum = e.Items
	}
	// OAS30 has no const either; a file that writes one can only mean this.
	if b.dialect != Draft4 {
		s.konst = n.Get("const")
	}
}

// problem reports something of the schema that is left out, if anybody listens.
func (b *builder) problem(at *node.Node, format string, args ...any) {
	if b.Problem != nil {
		b.Problem(at, fmt.Sprintf(format, args...))
	}
}

// logic reads what combines schemas. if is read in OAS30, too: it means nothing there
// officially, and nothing else than this in practice.
func (b *builder) logic() {
	s := b.s
	s.allOf, s.anyOf, s.oneOf, s.not = b.subs("allOf"), b.subs("anyOf"), b.subs("oneOf"), b.sub("not")
	if b.n.Get("if") != nil && (b.dialect >= Draft7 || b.dialect == OAS30) {
		s.cond = &condition{b.sub("if"), b.sub("then"), b.sub("else")}
	}
}

// limit is a keyword whose value is a number, as its text, so that 0.1 and numbers beyond
// 2^53 are compared exactly; "" without it.
func (b *builder) limit(keyword string) string {
	if v := b.n.Get(keyword); v != nil && v.Kind == node.Number {
		return v.Text
	}
	return ""
}

// count is a keyword whose value is a whole number, -1 without it, or where the value is
// something else.
func (b *builder) count(keyword string) int {
	if i, ok := b.n.Int(keyword); ok {
		return i
	}
	return -1
}

// number reads the limits of numbers. A schema without any keeps a nil pointer, which makes
// validation skip them.
func (b *builder) number() {
	r := numberRules{minimum: b.limit("minimum"), maximum: b.limit("maximum"), multipleOf: b.limit("multipleOf")}
	if b.dialect.booleanLimits() {
		r.exclusiveMinimum, r.exclusiveMax = b.n.True("exclusiveMinimum"), b.n.True("exclusiveMaximum")
	}
	if b.dialect != Draft4 { // a 3.0 file that has numbers here means them
		r.above, r.below = b.limit("exclusiveMinimum"), b.limit("exclusiveMaximum")
	}
	// Formats of OpenAPI's registry; float and double limit nothing that a text of JSON could
	// show.
	switch b.n.Str("format") {
	case "int32":
		r.bits = 32
	case "int64":
		r.bits = 64
	}
	if r != (numberRules{}) {
		b.s.numbers = &r
	}
}

// text reads the limits of strings. Lengths are in characters, not bytes (JSON Schema
// validation, 6.3).
func (b *builder) text() {
	r := &stringRules{minLength: b.count("minLength"), maxLength: b.count("maxLength"), format: b.n.Str("format")}
	if p := b.n.Get("pattern"); p != nil && p.Kind == node.String {
		r.pattern, r.patternText = b.expression(p, p.Text), p.Text
	}
	if r.minLength >= 0 || r.maxLength >= 0 || r.format != "" || r.pattern != nil {
		b.s.strings = r
	}
}

// patternTime is how long one match may take, by the wall clock. regexp2 backtracks like
// JavaScript, so that a pattern such as (a+)+$ takes exponential time with some values; a
// match that runs out of time is no failure.
const patternTime = 100 * time.Millisecond

// expression compiles a regular expression of ECMAScript, which JSON Schema asks for (core,
// 6.4). Another value is a problem, and asks for nothing.
func (b *builder) expression(at *node.Node, text string) *regexp2.Regexp {
	re, err := regexp2.Compile(text, regexp2.ECMAScript|regexp2.Unicode)
	// Unicode mode first: it knows \p{L}, but refuses some sloppy escapes that the mode
	// without it allows.
	if err != nil {
		if re, err = regexp2.Compile(text, regexp2.ECMAScript); err != nil {
			if re, err = regexp2.Compile(text, regexp2.None); err != nil { // \A, \Z and (?i), which are not JavaScript's
				b.problem(at, "the pattern %s is no regular expression and asks for nothing: %v", strconv.Quote(text), err)
				return nil
			}
		}
	}
	re.MatchTimeout = patternTime
	return re
}

// array reads the limits of lists, under the names that each draft has for them.
func (b *builder) array() {
	r := &arrayRules{
		minItems: b.count("minItems"), maxItems: b.count("maxItems"), unique: b.n.True("uniqueItems"),
		// Without minContains one element must fit (2020-12 validation, 6.4.5).
		minContains: 1, maxContains: -1,
	}
	items := b.n.Get("items")
	switch {
	// The list form of items, where each schema is for the element at its own place.
	case items != nil && items.Kind == node.Array && b.dialect.itemsList():
		r.prefix, r.items = b.subs("items"), b.sub("additionalItems")
	default:
		r.items = b.schemaAt(items)
	}
	if b.dialect >= Draft2020 {
		r.prefix = b.subs("prefixItems")
	}
	if b.dialect >= Draft6 {
		r.contains = b.sub("contains")
	}
	if b.dialect >= Draft2019 {
		if v := b.count("minContains"); v >= 0 {
			r.minContains = v
		}
		// count gives -1, no limit, without the keyword.
		r.maxContains = b.count("maxContains")
		r.unevaluated = b.sub("unevaluatedItems")
	}
	if r.minItems >= 0 || r.maxItems >= 0 || r.unique || r.prefix != nil || r.items != nil || r.contains != nil || r.unevaluated != nil {
		b.s.arrays = r
	}
}

// object reads the limits of objects. Nodes of keywords that forbid fields are kept, so that
// a failure has their line.
func (b *builder) object() {
	n := b.n
	r := &objectRules{min: b.count("minProperties"), max: b.count("maxProperties"), requiredAt: n.Get("required"), additionalAt: n.Get("additionalProperties"), unevaluatedAt: n.Get("unevaluatedProperties")}
	// The Schema of a property may be one still in the making, where a reference leads back
	// to it.
	if p := n.Get("properties"); p != nil && p.Kind == node.Object {
		r.index = make(map[string]*Schema, len(p.Keys))
		for i, name := range p.Keys {
			sub := b.schemaAt(p.Items[i])
			b.s.Properties = append(b.s.Properties, Property{name, sub})
			r.index[name] = sub
		}
	}
	// required of draft 3, a boolean, has no list and asks for nothing.
	for _, v := range n.List("required") {
		r.required = append(r.required, v.Text)
	}
	// A property may match several patterns, and its own name, and must fit each of the
	// schemas.
	if p := n.Get("patternProperties"); p != nil && p.Kind == node.Object {
		for i, text := range p.Keys {
			if re := b.expression(p.Items[i], text); re != nil {
				r.patterns = append(r.patterns, patternProperty{re, b.schemaAt(p.Items[i])})
			}
		}
	}
	r.additional = b.sub("additionalProperties")
	if b.dialect >= Draft6 {
		r.names = b.sub("propertyNames")
	}
	if b.dialect >= Draft2019 {
		r.unevaluated = b.sub("unevaluatedProperties")
	}
	b.dependencies(r)
	if r.min >= 0 || r.max >= 0 || r.index != nil || r.required != nil || r.patterns != nil || r.additional != nil || r.names != nil || r.dependent != nil || r.unevaluated != nil {
		b.s.objects = r
	}
}

// dependencies reads fields that ask for others. Draft 2019-09 divided the keyword in two:
// dependentRequired, with lists of names, and dependentSchemas. The form of the value, not
// the keyword, decides here, as it is unambiguous.
func (b *builder) dependencies(r *objectRules) {
	for _, keyword := range []string{"dependencies", "dependentRequired", "dependentSchemas"} {
		// dependencies until draft 7, the other two since then.
		if (keyword == "dependencies") == (b.dialect >= Draft2019) {
			continue
		}
		d := b.n.Get(keyword)
		if d == nil || d.Kind != node.Object {
			continue
		}
		for i, name := range d.Keys {
			one := dependency{name: name}
			if d.Items[i].Kind == node.Array {
				for _, v := range d.Items[i].Items {
					one.required = append(one.required, v.Text)
				}
			} else {
				one.schema = b.schemaAt(d.Items[i])
			}
			r.dependent = append(r.dependent, one)
		}
	}
}

// discriminator reads OpenAPI's discriminator: an object in 3.0 and later, a name in Swagger
// 2.0. JSON Schema has no such keyword. Entries of its mapping that lead nowhere are reported
// and allow any value.
func (b *builder) discriminator() {
	d := b.n.Get("discriminator")
	if d == nil || b.err != nil || b.dialect != OAS30 && b.dialect != Draft2020 {
		return // Draft2020 is the dialect of OpenAPI 3.1
	}
	name := d.Str("propertyName")
	if d.Kind == node.String {
		name = d.Text
	}
	if name == "" {
		return
	}
	s := b.s
	out := &discriminator{property: name, byValue: map[string]*Schema{}, at: d, alone: s.oneOf == nil && s.anyOf == nil}
	if mapping := d.Get("mapping"); mapping != nil && mapping.Kind == node.Object {
		for i, value := range mapping.Keys {
			// A value of the mapping is a reference or the bare name of a schema (OpenAPI
			// 3.0.3, Discriminator Object); a bare name also looks like a relative file. The
			// reference is tried first, as most tools write it.
			at := mapping.Items[i]
			target, res, _, err := b.locate(at, at.Text, b.res)
			if err != nil && b.Named != nil { // the name of a schema
				if target = b.Named(at, at.Text); target != nil {
					res, err = b.fileOf(target), nil
				}
			}
			if err != nil {
				// What a broken reference stands for, an empty schema, accepts the values
				// that name it.
				var any *Schema
				if any, _, b.err = b.broken(at, err); b.err != nil {
					return
				}
				out.byValue[value] = any
				continue
			}
			out.byValue[value] = b.in(target, res)
		}
	}
	b.implied(out)
	if len(out.byValue) > 0 {
		s.branches = out
	}
}

// in compiles a node of another resource, which a mapping or a name leads to; nil after an
// error, which the builder keeps.
func (b *builder) in(n *node.Node, res *resource) *Schema {
	if b.err != nil {
		return nil
	}
	b.scan(n, res, b.Dialect, 0)
	s, err := b.compile(n, res, 0)
	b.err = err
	return s
}

// implied adds the values that have no mapping: the names of the alternatives, or of the
// schemas that extend this one. OpenAPI: the name of the schema is the implicit value. An
// explicit mapping goes before it.
func (b *builder) implied(out *discriminator) {
	// Without oneOf, the schema is a base class: every schema of the file that has it in its
	// allOf is an alternative.
	if out.alone && b.Extending != nil {
		for name, n := range b.Extending(b.n) {
			if _, taken := out.byValue[name]; !taken {
				out.byValue[name] = b.in(n, b.fileOf(n))
			}
		}
	}
	// Alternatives that stand in place, without a $ref, have no name and cannot be named by a
	// value.
	list := append(append([]*Schema{}, b.s.oneOf...), b.s.anyOf...)
	for _, alternative := range list {
		if ref := alternative.Node.Str("$ref"); ref != "" {
			name := lastToken(ref)
			if _, taken := out.byValue[name]; !taken {
				out.byValue[name] = alternative
			}
		}
	}
}

// lastToken is what stands behind the last slash of a reference, unescaped (~1 is a slash);
// the whole without one.
func lastToken(ref string) string {
	for i := len(ref) - 1; i >= 0; i-- {
		if ref[i] == '/' {
			return node.Unescape(ref[i+1:])
		}
	}
	return ref
}

// LastToken is the name that a reference ends with, such as Payment of #/components/schemas/Payment.
func LastToken(ref string) string { return lastToken(ref) }
