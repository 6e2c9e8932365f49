package cheerio

import (
	"html"
	"strings"
	"unicode"

	"github.com/dop251/goja"
)

// A parser builds the tree as htmlparser2 3 does. It reads its text once, from the front.
type parser struct {
	*library
	options
	text  string     // what is still to be read
	top   []*element // nodes without a parent
	stack []*element // open elements, the innermost last
}

// An element is a node under construction. Objects of the script are linked with each other
// at the end, when all children are known.
type element struct {
	object   *goja.Object
	name     string
	children []*element
	isText   bool
	data     string
}

// parse returns the top nodes of a text, linked with each other but without parents. The
// JavaScript puts them under a root.
func (l *library) parse(source string, o options) []*goja.Object {
	p := &parser{library: l, options: o, text: source}
	p.run()
	return p.link(p.top, nil)
}

// run reads the text once. Nothing is an error: what is no markup is text.
func (p *parser) run() {
	for len(p.text) > 0 {
		if raw := p.rawText(); raw {
			continue
		}
		at := strings.IndexByte(p.text, '<')
		switch {
		case at < 0:
			p.addText(p.text)
			return
		case at > 0:
			p.addText(p.text[:at])
			p.text = p.text[at:]
		}
		p.markup()
	}
}

// rawText takes the content of an open script or style, in which nothing is markup until its
// closing tag. It returns false when there is nothing to take.
func (p *parser) rawText() bool {
	if p.xml || len(p.stack) == 0 {
		return false
	}
	name := p.stack[len(p.stack)-1].name
	if name != "script" && name != "style" {
		return false
	}
	end := strings.Index(strings.ToLower(p.text), "</"+name)
	switch {
	case end < 0:
		p.addRaw(p.text)
		p.text = ""
	case end == 0:
		return false
	default:
		p.addRaw(p.text[:end])
		p.text = p.text[end:]
	}
	return true
}

// markup takes what begins with "<": a comment, CDATA, a directive, a closing or opening tag,
// or a "<" that is text. What is not closed goes to the end of the text.
func (p *parser) markup() {
	t := p.text
	switch {
	case strings.HasPrefix(t, "<!--"):
		data, rest, _ := strings.Cut(t[4:], "-->")
		p.text = rest
		p.add(p.node("comment", "data", data))
	case strings.HasPrefix(t, "<![CDATA[") && p.cdata:
		data, rest, _ := strings.Cut(t[9:], "]]>")
		p.text = rest
		c := p.node("cdata", "", "")
		c.children = []*element{{isText: true, data: data}}
		p.add(c)
	// Without the option CDATA is a comment, as HTML parsers have it.
	case strings.HasPrefix(t, "<![CDATA["):
		data, rest, _ := strings.Cut(t[2:], "]]>")
		p.text = rest
		p.add(p.node("comment", "data", data+"]]"))
	// <!DOCTYPE html>, <?xml …?>: without the brackets, and the name in lower case.
	case len(t) > 1 && (t[1] == '!' || t[1] == '?'):
		data, rest, _ := strings.Cut(t[1:], ">")
		p.text = rest
		d := p.node("directive", "data", data)
		name, _, _ := strings.Cut(data, " ")
		_ = d.object.Set("name", strings.ToLower(name))
		p.add(d)
	case len(t) > 2 && t[1] == '/' && isLetter(t[2]):
		name, rest, _ := strings.Cut(t[2:], ">")
		p.text = rest
		p.close(p.tagName(strings.Fields(name)[0]))
	case len(t) > 1 && isLetter(t[1]):
		p.open()
	default:
		p.addText("<")
		p.text = t[1:]
	}
}

// isLetter: the second character of a tag; c|0x20 makes ASCII letters lower case.
func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' || c >= 0x80 || c == '_' }

// isBlank: white space as HTML defines it.
func isBlank(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f' }

func (p *parser) tagName(name string) string {
	if p.keepTagCase {
		return name
	}
	return strings.ToLower(name)
}

// open takes an opening tag with its attributes. In HTML it first closes elements that cannot
// contain it, see closes.
func (p *parser) open() {
	t, i := p.text, 1
	for i < len(t) && !isBlank(t[i]) && t[i] != '>' && t[i] != '/' {
		i++
	}
	name := p.tagName(t[1:i])
	if !p.xml {
		for len(p.stack) > 0 && closes(name, p.stack[len(p.stack)-1].name) {
			p.close(p.stack[len(p.stack)-1].name)
		}
	}
	attributes := p.vm.NewObject()
	selfClosing := false
	// A slash counts as self-closing only if nothing but blanks follows it.
	for i < len(t) && t[i] != '>' {
		if isBlank(t[i]) || t[i] == '/' {
			selfClosing = t[i] == '/'
			i++
			continue
		}
		selfClosing = false
		i = p.attribute(t, i, attributes)
	}
	p.text = t[min(i+1, len(t)):]
	kind := "tag"
	if name == "script" || name == "style" {
		kind = name
	}
	el := p.node(kind, "name", name)
	el.name = name
	_ = el.object.Set("attribs", attributes)
	p.add(el)
	// An element that is nested too deeply becomes a sibling instead.
	if p.selfClosing && selfClosing || !p.xml && isVoid(name) || len(p.stack) >= maxDepth {
		return
	}
	p.stack = append(p.stack, el)
}

// attribute takes one attribute beginning at i and returns where it ends. Of several of one
// name the first counts. A name without "=" has the value "".
func (p *parser) attribute(t string, i int, into *goja.Object) int {
	start := i
	for i < len(t) && !isBlank(t[i]) && t[i] != '=' && t[i] != '>' && t[i] != '/' {
		i++
	}
	if i == start {
		i++ // a stray "="
	}
	name, value := t[start:i], ""
	if !p.keepNameCase {
		name = strings.ToLower(name)
	}
	after := i
	for after < len(t) && isBlank(t[after]) {
		after++
	}
	if after < len(t) && t[after] == '=' {
		i = after + 1
		for i < len(t) && isBlank(t[i]) {
			i++
		}
		value, i = attributeValue(t, i)
	}
	// __proto__ would be found on every object; defining it as a property keeps it an
	// attribute.
	if into.Get(name) == nil || name == "__proto__" {
		_ = into.DefineDataProperty(name, p.vm.ToValue(p.decode(value)), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_TRUE)
	}
	return i
}

// attributeValue reads a value with or without quotes, and where it ends. A quote that is
// never closed goes to the end.
func attributeValue(t string, i int) (value string, next int) {
	if i < len(t) && (t[i] == '"' || t[i] == '\'') {
		end := strings.IndexByte(t[i+1:], t[i])
		if end < 0 {
			return t[i+1:], len(t)
		}
		return t[i+1 : i+1+end], i + 2 + end
	}
	start := i
	for i < len(t) && !isBlank(t[i]) && t[i] != '>' {
		i++
	}
	return t[start:i], i
}

// decode replaces character references, unless the option decodeEntities is off.
func (p *parser) decode(s string) string {
	if p.keepEntities || !strings.Contains(s, "&") {
		return s
	}
	return html.UnescapeString(s)
}

// close takes a closing tag: of the nearest open element of that name, and of all elements
// inside it. Without such an element it is ignored, except that browsers, and htmlparser2,
// make <br> of </br> and <p></p> of </p>.
func (p *parser) close(name string) {
	if !p.xml && isVoid(name) {
		if name == "br" {
			p.add(p.empty(name))
		}
		return
	}
	for i := len(p.stack) - 1; i >= 0; i-- {
		if p.stack[i].name == name {
			p.stack = p.stack[:i]
			return
		}
	}
	if name == "p" && !p.xml {
		p.add(p.empty(name))
	}
}

// empty is an element without attributes or children.
func (p *parser) empty(name string) *element {
	el := p.node("tag", "name", name)
	_ = el.object.Set("attribs", p.vm.NewObject())
	return el
}

// node begins a node that is no text. kind is its type; property and value are the one
// property that the type has, if any.
func (p *parser) node(kind, property, value string) *element {
	o := p.object("element")
	_ = o.Set("type", kind)
	if property != "" {
		_ = o.Set(property, value)
	}
	return &element{object: o}
}

// object is a new node. Its prototype has the names of the DOM, such as nodeType and
// firstChild, unless the option withDomLvl1 is off.
func (p *parser) object(kind string) *goja.Object {
	if p.noGetters {
		return p.vm.NewObject()
	}
	return p.vm.CreateObject(p.proto[kind])
}

// add appends a node to the innermost open element, or at the top.
func (p *parser) add(el *element) {
	if len(p.stack) == 0 {
		p.top = append(p.top, el)
		return
	}
	in := p.stack[len(p.stack)-1]
	in.children = append(in.children, el)
}

// addText adds to the text node before, if the last node is one, or else makes one: a "<" in
// a text would otherwise cut it in two.
func (p *parser) addText(s string) {
	s = p.decode(s)
	list := &p.top
	if len(p.stack) > 0 {
		list = &p.stack[len(p.stack)-1].children
	}
	if n := len(*list); n > 0 && (*list)[n-1].isText {
		s = (*list)[n-1].data + s
		if p.normalize {
			s = collapse(s)
		}
		(*list)[n-1].data = s
		return
	}
	if p.normalize {
		s = collapse(s)
	}
	p.add(&element{isText: true, data: s})
}

// addRaw adds a text in which nothing is a character reference.
func (p *parser) addRaw(s string) {
	if p.normalize {
		s = collapse(s)
	}
	p.add(&element{isText: true, data: s})
}

// collapse writes each run of white space as one blank.
func collapse(s string) string {
	var b strings.Builder
	blank := false
	for _, r := range s {
		if r == '\uFEFF' || r != '\u0085' && unicode.IsSpace(r) { // what a pattern's \s is
			if !blank {
				b.WriteByte(' ')
			}
			blank = true
			continue
		}
		blank = false
		b.WriteRune(r)
	}
	return b.String()
}

// link makes the objects of nodes point to each other: next, prev, parent and children. in is
// the parent's object, nil at the top. It returns the objects in order.
func (p *parser) link(list []*element, in *goja.Object) []*goja.Object {
	out := make([]*goja.Object, len(list))
	for i, el := range list {
		if el.isText {
			el.object = p.object("text")
			_ = el.object.Set("data", el.data)
			_ = el.object.Set("type", "text")
		}
		out[i] = el.object
	}
	for i, el := range list {
		// These two have no children property in htmlparser2.
		if !el.isText && text(el.object, "type") != "comment" && text(el.object, "type") != "directive" {
			_ = el.object.Set("children", p.list(p.link(el.children, el.object)))
		}
		_ = el.object.Set("next", orNull(out, i+1))
		_ = el.object.Set("prev", orNull(out, i-1))
		if in == nil {
			_ = el.object.Set("parent", goja.Null())
		} else {
			_ = el.object.Set("parent", in)
		}
	}
	return out
}

// orNull is the i-th node, null outside of the list.
func orNull(list []*goja.Object, i int) goja.Value {
	if i < 0 || i >= len(list) {
		return goja.Null()
	}
	return list[i]
}

// closes says whether opening one element ends another that is open (htmlparser2:
// openImpliesClose). <li> ends an open <li>, for example.
func closes(opened, open string) bool {
	switch opened {
	case "tr":
		return open == "tr" || open == "th" || open == "td"
	case "th":
		return open == "th"
	case "td":
		return open == "thead" || open == "th" || open == "td"
	case "body":
		return open == "head" || open == "link" || open == "script"
	case "li", "option", "optgroup":
		return open == opened
	case "p", "h1", "h2", "h3", "h4", "h5", "h6":
		return open == "p"
	case "select", "input", "output", "button", "datalist", "textarea":
		switch open {
		case "input", "option", "optgroup", "select", "button", "datalist", "textarea":
			return true
		}
	}
	return false
}

// isVoid recognises elements without a closing tag, with those of SVG that htmlparser2 has in
// its list.
func isVoid(name string) bool {
	switch name {
	case "area", "base", "basefont", "br", "col", "command", "embed", "frame", "hr", "img", "input", "isindex", "keygen",
		"link", "meta", "param", "source", "track", "wbr", "path", "circle", "ellipse", "line", "rect", "use", "stop",
		"polyline", "polygon":
		return true
	}
	return false
}
