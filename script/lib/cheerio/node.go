package cheerio

import (
	"strconv"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
)

// maxDepth is how deep elements nest. Scripts and our own code walk trees by recursion.
const maxDepth = 1000

// options are those of cheerio.load that have an effect. The zero value parses HTML.
type options struct {
	xml, keepEntities, normalize bool
	keepTagCase, keepNameCase    bool
	selfClosing, cdata           bool // also where the text is no XML
	noGetters                    bool // withDomLvl1: false
}

// readOptions reads the options of htmlparser2 and cheerio, old names included. Most options
// follow xmlMode unless they are given.
func readOptions(v goja.Value) options {
	o := jsvalue.Object(v)
	if o == nil {
		return options{}
	}
	is := func(name string) bool { p := o.Get(name); return p != nil && p.ToBoolean() }
	// An option that is missing is not off.
	off := func(name string) bool { p := o.Get(name); return p != nil && !goja.IsUndefined(p) && !p.ToBoolean() }
	xml := is("xmlMode")
	return options{
		xml: xml, keepEntities: off("decodeEntities"), normalize: is("normalizeWhitespace") || is("ignoreWhitespace"), // the second is the old name of the first
		selfClosing: xml || is("recognizeSelfClosing"), cdata: xml || is("recognizeCDATA"), noGetters: off("withDomLvl1"),
		keepTagCase:  xml && !is("lowerCaseTags") || off("lowerCaseTags"),
		keepNameCase: xml && !is("lowerCaseAttributeNames") || off("lowerCaseAttributeNames"),
	}
}

// property reads a property, nil when it is absent, undefined or null. Scripts can put
// anything into a node.
func property(o *goja.Object, name string) goja.Value {
	if v := o.Get(name); !jsvalue.IsNullish(v) {
		return v
	}
	return nil
}

// text reads a property as text, "" when it is absent.
func text(o *goja.Object, name string) string {
	if v := property(o, name); v != nil {
		return v.String()
	}
	return ""
}

// items are the objects of an array or of anything with a length; other elements are left
// out.
func items(v goja.Value) []*goja.Object {
	list := jsvalue.Object(v)
	if list == nil {
		return nil
	}
	n := 0
	if size := list.Get("length"); size != nil {
		n = int(size.ToInteger())
	}
	var out []*goja.Object
	for i := range n {
		if o := jsvalue.Object(list.Get(strconv.Itoa(i))); o != nil {
			out = append(out, o)
		}
	}
	return out
}

// children are the child nodes of a node, texts and comments included.
func children(o *goja.Object) []*goja.Object { return items(o.Get("children")) }

// isElement says whether a node is a tag, script and style included. The types are
// htmlparser2's.
func isElement(o *goja.Object) bool {
	switch text(o, "type") {
	case "tag", "script", "style":
		return true
	}
	return false
}

// elements are the child nodes that are elements.
func elements(o *goja.Object) []*goja.Object {
	var out []*goja.Object
	for _, child := range children(o) {
		if isElement(child) {
			out = append(out, child)
		}
	}
	return out
}

// parent is the element around a node, nil at the top. Top nodes have a property root
// instead, see parentOrRoot.
func parent(o *goja.Object) *goja.Object { return jsvalue.Object(o.Get("parent")) }

// attribute reads an attribute as text. ok is false when it does not exist or a script made
// it an object.
func attribute(o *goja.Object, name string) (value string, ok bool) {
	attributes := jsvalue.Object(o.Get("attribs"))
	if attributes == nil {
		return "", false
	}
	v := attributes.Get(name)
	if v == nil || goja.IsUndefined(v) || jsvalue.Object(v) != nil {
		return "", false
	}
	return v.String(), true
}
