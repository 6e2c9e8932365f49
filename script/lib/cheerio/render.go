package cheerio

import (
	"fmt"
	"strings"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
)

// A writer renders nodes as dom-serializer 0.1 does, the version that cheerio 0.22 has.
type writer struct {
	strings.Builder
	*library
	options
}

// nodes writes nodes as markup. Depth is bounded: scripts can build a tree that contains
// itself. Unknown types are written as elements.
func (w *writer) nodes(list []*goja.Object, depth int) {
	if depth > 2*maxDepth {
		w.env.Throw("RangeError", "Maximum call stack size exceeded")
	}
	for _, n := range list {
		switch text(n, "type") {
		case "root":
			w.nodes(children(n), depth+1)
		case "text":
			w.text(n)
		case "comment":
			w.WriteString("<!--" + text(n, "data") + "-->")
		case "directive":
			w.WriteString("<" + text(n, "data") + ">")
		case "cdata":
			w.WriteString("<![CDATA[")
			for _, child := range children(n) {
				w.WriteString(text(child, "data"))
			}
			w.WriteString("]]>")
		default:
			w.element(n, depth)
		}
	}
}

// element writes a tag with its attributes and content. Below svg the rules of XML apply, as
// in cheerio: an empty element ends in "/>".
func (w *writer) element(n *goja.Object, depth int) {
	name := text(n, "name")
	if name == "svg" && !w.xml {
		w.xml = true
		defer func() { w.xml = false }()
	}
	w.WriteString("<" + name)
	if attributes := jsvalue.Object(n.Get("attribs")); attributes != nil {
		for _, key := range attributes.Keys() {
			value := attributes.Get(key)
			if jsvalue.IsNullish(value) || value.String() == "" {
				w.WriteString(" " + key)
				if w.xml {
					w.WriteString(`=""`)
				}
				continue
			}
			w.WriteString(" " + key + `="` + w.encode(value.String()) + `"`)
		}
	}
	inside := children(n)
	if w.xml && len(inside) == 0 {
		w.WriteString("/>")
		return
	}
	w.WriteString(">")
	w.nodes(inside, depth+1)
	if w.xml || !isSingle(name) {
		w.WriteString("</" + name + ">")
	}
}

// text writes a text node. Texts of scripts and styles are not encoded in HTML, since no
// parser decodes them.
func (w *writer) text(n *goja.Object) {
	data := text(n, "data")
	if p := parent(n); p != nil && isRaw(text(p, "name")) && !w.xml {
		w.WriteString(data)
		return
	}
	w.WriteString(w.encode(data))
}

// encode writes everything but ASCII as hexadecimal references, and the five characters of
// XML by name, as the entities package does.
func (w *writer) encode(s string) string {
	if w.keepEntities {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		switch r {
		case '&':
			b.WriteString("&amp;")
		case '<':
			b.WriteString("&lt;")
		case '>':
			b.WriteString("&gt;")
		case '"':
			b.WriteString("&quot;")
		case '\'':
			b.WriteString("&apos;")
		default:
			if r < 0x80 {
				b.WriteRune(r)
			} else {
				fmt.Fprintf(&b, "&#x%X;", r)
			}
		}
	}
	return b.String()
}

// isSingle says whether an element has no closing tag when it is written.
func isSingle(name string) bool {
	switch name {
	case "area", "base", "basefont", "br", "col", "command", "embed", "frame", "hr", "img", "input", "isindex", "keygen",
		"link", "meta", "param", "source", "track", "wbr":
		return true
	}
	return false
}

// isRaw says whether the text of an element is written as it is.
func isRaw(name string) bool {
	switch name {
	case "style", "script", "xmp", "iframe", "noembed", "noframes", "plaintext", "noscript":
		return true
	}
	return false
}
