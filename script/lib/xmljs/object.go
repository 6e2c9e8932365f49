package xmljs

import (
	"regexp"
	"strings"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/native"
)

// New returns what js/xml2js.js needs: parse(text, options), which returns the object, null
// for a document without an element, or throws.
func New(env *native.Env) map[string]goja.Value {
	return map[string]goja.Value{
		"parse": env.Func("parse", 2, func(call goja.FunctionCall) goja.Value {
			text, _ := native.UTF8(call.Argument(0).ToString())
			root, err := parse(text, env.Pause)
			if err != nil {
				env.Throw("Error", err.Error())
			}
			if root == nil {
				return goja.Null()
			}
			c := newConverter(env, call.Argument(1))
			name, v := c.element(root, nil)
			if !c.explicitRoot {
				return v
			}
			o := env.VM.NewObject()
			_ = o.Set(name, v)
			return o
		}),
	}
}

// A converter has the options of one parse. Names are those of xml2js 0.6.
type converter struct {
	env                                                      *native.Env
	attrKey, charKey, childKey                               string
	explicitCharKey, trim, normalize, normalizeTags          bool
	explicitArray, ignoreAttrs, mergeAttrs, explicitRoot     bool
	explicitChildren, charsAsChildren                        bool
	tagNames, attrNames, values, attrValues, empty, validate goja.Value     // lists of the script's functions, the emptyTag and the validator
	spaces                                                   *regexp.Regexp // runs of white space, for normalize
}

// newConverter reads the options, which the JavaScript side has filled with xml2js's
// defaults, so every property exists.
func newConverter(env *native.Env, options goja.Value) *converter {
	o := options.ToObject(env.VM)
	flag := func(name string) bool { v := o.Get(name); return v != nil && v.ToBoolean() }
	text := func(name string) string { return o.Get(name).String() }
	c := &converter{
		env: env, attrKey: text("attrkey"), charKey: text("charkey"), childKey: text("childkey"),
		explicitCharKey: flag("explicitCharkey"), trim: flag("trim"), normalize: flag("normalize"), normalizeTags: flag("normalizeTags"),
		explicitArray: flag("explicitArray"), ignoreAttrs: flag("ignoreAttrs"), mergeAttrs: flag("mergeAttrs"), explicitRoot: flag("explicitRoot"),
		explicitChildren: flag("explicitChildren"), charsAsChildren: flag("charsAsChildren"),
		tagNames: o.Get("tagNameProcessors"), attrNames: o.Get("attrNameProcessors"),
		values: o.Get("valueProcessors"), attrValues: o.Get("attrValueProcessors"),
		empty: o.Get("emptyTag"), validate: o.Get("validator"),
		spaces: regexp.MustCompile(`\s{2,}`),
	}
	return c
}

// process runs a value through a list of the script's functions, each of which gets the value
// and the name.
func (c *converter) process(processors, v goja.Value, name string) goja.Value {
	list := jsvalue.Object(processors)
	if list == nil {
		return v
	}
	c.env.VM.ForOf(list, func(fn goja.Value) bool {
		v = c.env.Call(fn, goja.Undefined(), "processor", v, c.env.VM.ToValue(name))
		return true
	})
	return v
}

// element converts a node into its name and value. parent is the object that it will be put
// into, which only a validator looks at.
func (c *converter) element(n *node, parent *goja.Object) (name string, v goja.Value) {
	vm := c.env.VM
	name = n.name
	if c.normalizeTags {
		name = strings.ToLower(name)
	}
	name = c.process(c.tagNames, vm.ToValue(name), name).String()
	o := vm.NewObject()
	raw := n.text.String()
	blank := strings.TrimSpace(raw) == "" && !n.cdata
	if !blank {
		// The text is set first, so that it comes first in JSON.
		_ = o.Set(c.charKey, c.content(raw, name))
	}
	if !c.ignoreAttrs {
		c.attributes(o, n)
	}
	for _, child := range n.children {
		childName, childValue := c.element(child, o)
		c.put(o, childName, childValue)
	}
	keys := o.Keys()
	v = o
	// An element with nothing but text is that text.
	switch {
	case len(keys) == 1 && keys[0] == c.charKey && !c.explicitCharKey:
		v = o.Get(c.charKey)
	case len(keys) == 0:
		v = c.nothing(raw)
	}
	if c.explicitChildren && !c.mergeAttrs {
		v = c.apart(v)
	}
	if fn, ok := goja.AssertFunction(c.validate); ok {
		checked, err := fn(goja.Undefined(), vm.ToValue("/"+name), existing(parent, name), v)
		c.env.Check(err)
		v = checked
	}
	return name, v
}

// existing is the property that a validator gets to see as the current value.
func existing(o *goja.Object, name string) goja.Value {
	if o == nil {
		return goja.Undefined()
	}
	if v := o.Get(name); v != nil {
		return v
	}
	return goja.Undefined()
}

// content applies trim, normalize and the processors to a text.
func (c *converter) content(text, name string) goja.Value {
	if c.trim {
		text = strings.TrimSpace(text)
	}
	if c.normalize {
		text = strings.TrimSpace(c.spaces.ReplaceAllString(text, " "))
	}
	return c.process(c.values, c.env.VM.ToValue(text), name)
}

// attributes puts attributes under attrkey, or among the children when they are merged
// (mergeAttrs).
func (c *converter) attributes(o *goja.Object, n *node) {
	vm := c.env.VM
	into := o
	for i, a := range n.attrs {
		key := qualified(a.Name)
		value := c.process(c.attrValues, vm.ToValue(a.Value), key)
		name := c.process(c.attrNames, vm.ToValue(key), key).String()
		if c.mergeAttrs {
			c.put(o, name, value)
			continue
		}
		if i == 0 {
			// Only an element with attributes gets the object.
			into = vm.NewObject()
			_ = o.Set(c.attrKey, into)
		}
		define(into, name, value)
	}
}

// define sets an own property, also for names like __proto__, which Set would treat as
// something else.
func define(o *goja.Object, name string, v goja.Value) {
	_ = o.DefineDataProperty(name, v, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_TRUE)
}

// put adds a child under its name. Several of one name, and with explicitArray a single one
// too, become an array.
func (c *converter) put(o *goja.Object, name string, v goja.Value) {
	before := own(o, name)
	if before == nil {
		if c.explicitArray {
			v = c.env.VM.NewArray(v)
		}
		define(o, name, v)
		return
	}
	list := jsvalue.Object(before)
	if list == nil || list.ClassName() != "Array" {
		list = c.env.VM.NewArray(before)
		define(o, name, list)
	}
	c.env.Call(list.Get("push"), list, "push", v)
}

// own is an own property, found without hasOwnProperty, which a document can have as an
// element. It is nil if missing.
func own(o *goja.Object, name string) goja.Value {
	if name == "__proto__" {
		return nil
	}
	v := o.Get(name)
	if v == nil || !v.SameAs(orNothing(o.Prototype(), name)) {
		return v
	}
	return nil
}

// orNothing is what an object would inherit under name, or NaN, which nothing is the same as.
func orNothing(o *goja.Object, name string) goja.Value {
	if o == nil || o.Get(name) == nil {
		return goja.NaN()
	}
	return o.Get(name)
}

// nothing is the value of an element without content: its white space, or what the emptyTag
// option says, which may be a function.
func (c *converter) nothing(raw string) goja.Value {
	if fn, ok := goja.AssertFunction(c.empty); ok {
		v, err := fn(goja.Undefined())
		c.env.Check(err)
		return v
	}
	if s, ok := c.empty.(goja.String); c.empty == nil || goja.IsUndefined(c.empty) || ok && s.Length() == 0 {
		return c.env.VM.ToValue(raw)
	}
	return c.empty
}

// apart moves children under childkey, for the option explicitChildren. Attributes and text
// stay, the latter unless charsAsChildren is set.
func (c *converter) apart(v goja.Value) goja.Value {
	o := jsvalue.Object(v)
	if o == nil {
		return v
	}
	out, children := c.env.VM.NewObject(), c.env.VM.NewObject()
	for _, key := range []string{c.attrKey, c.charKey} {
		if v := own(o, key); v != nil && (key == c.attrKey || !c.charsAsChildren) {
			define(out, key, v)
		}
	}
	for _, key := range o.Keys() {
		if out.Get(key) == nil {
			define(children, key, o.Get(key))
		}
	}
	if len(children.Keys()) > 0 {
		_ = out.Set(c.childKey, children)
	}
	return out
}
