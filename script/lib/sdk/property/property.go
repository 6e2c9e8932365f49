// Package property is the roots of the SDK's classes: PropertyBase, Property, Description and PropertyList.
//
// A PropertyList keeps its members in an array and a lookup by name, and scripts can see and change both, so
// neither is trusted.
package property

import (
	"crypto/sha256"
	"fmt"
	"io"
	"strings"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/sdk/core"
)

// BaseClass describes PropertyBase, the root of all classes of the SDK. What it has is the
// way to the parents and toJSON.
func BaseClass(s *core.SDK) *core.Class {
	return &core.Class{
		Init: func(o *goja.Object, a core.Args) { InitBase(s, o, a) },
		Methods: []core.Method{
			{Name: "forEachParent", Length: 2, Fn: func(this *goja.Object, a core.Args) goja.Value { return forEachParent(s, this, a) }},
			{Name: "findInParents", Length: 2, Fn: func(this *goja.Object, a core.Args) goja.Value {
				owner := findOwner(s, this, a)
				if owner == nil {
					return nil
				}
				return jsvalue.Get(owner, core.Text(a.At(0)))
			}},
			{Name: "findParentContaining", Length: 2, Fn: func(this *goja.Object, a core.Args) goja.Value {
				if owner := findOwner(s, this, a); owner != nil {
					return owner
				}
				return nil
			}},
			{Name: "toJSON", Length: 0, Fn: func(this *goja.Object, _ core.Args) goja.Value { return JSON(s, this) }},
			{Name: "meta", Length: 0, Fn: func(this *goja.Object, a core.Args) goja.Value { return meta(s, this, a) }},
			{Name: "parent", Length: 0, Fn: func(this *goja.Object, _ core.Args) goja.Value { return parent(s, this) }},
			{Name: "setParent", Length: 1, Fn: func(this *goja.Object, a core.Args) goja.Value {
				core.Hide(this, ParentKey, a.At(0))
				return nil
			}},
		},
		Statics: []core.Method{
			{Name: "propertyIsMeta", Length: 2, Fn: func(_ *goja.Object, a core.Args) goja.Value {
				return s.VM.ToValue(isMeta(core.Text(a.At(1))))
			}},
			{Name: "propertyUnprefixMeta", Length: 2, Fn: func(_ *goja.Object, a core.Args) goja.Value {
				return s.VM.ToValue(strings.TrimLeft(core.Text(a.At(1)), "_"))
			}},
			{Name: "toJSON", Length: 1, Fn: func(_ *goja.Object, a core.Args) goja.Value { return JSON(s, s.Object(a.At(0))) }},
		},
	}
}

// isMeta recognises keys such as _postman_id, which collection files carry for the app's own
// use.
func isMeta(key string) bool { return strings.HasPrefix(key, "_") && key != "_" }

// InitBase collects keys such as _postman_id into the meta object, under "_", without their
// underscores. An object without such keys gets no meta object.
func InitBase(s *core.SDK, o *goja.Object, a core.Args) {
	source := info(a.At(0))
	if source == nil {
		return
	}
	var meta *goja.Object
	for _, key := range source.Keys() {
		if !isMeta(key) {
			continue
		}
		if meta == nil {
			meta = s.VM.NewObject()
		}
		core.Set(meta, strings.TrimLeft(key, "_"), jsvalue.Get(source, key))
	}
	if meta != nil {
		core.Set(o, "_", meta)
	}
}

// info returns the object that describes a property: its info object when it has one, as
// collections do, otherwise the definition itself. It is nil for what is no object.
func info(definition goja.Value) *goja.Object {
	o, ok := definition.(*goja.Object)
	if !ok {
		return nil
	}
	if inner, ok := jsvalue.Get(o, "info").(*goja.Object); ok {
		return inner
	}
	return o
}

// meta is the method of that name: a copy of the meta object, or of the keys that are named.
// It is undefined where there is no meta object.
func meta(s *core.SDK, this *goja.Object, a core.Args) goja.Value {
	meta, ok := jsvalue.Get(this, "_").(*goja.Object)
	if !ok {
		return nil
	}
	result := s.VM.NewObject()
	keys := meta.Keys()
	if len(a) > 0 {
		keys = keys[:0]
		for _, v := range a {
			keys = append(keys, core.Text(v))
		}
	}
	for _, key := range keys {
		if s.Has(meta, key) {
			core.Set(result, key, clone(s, jsvalue.Get(meta, key)))
		}
	}
	return result
}

// Class describes Property: what has an id, a name, a description, and may be disabled. Its
// toObjectResolved and the static replaceSubstitutions fill in placeholders.
func Class(s *core.SDK) *core.Class {
	return &core.Class{
		Parent: "PropertyBase",
		Init:   func(o *goja.Object, a core.Args) { Init(s, o, a) },
		Methods: []core.Method{
			{Name: "describe", Length: 2, Fn: func(this *goja.Object, a core.Args) goja.Value {
				// describe() on an object whose description a script overwrote starts again.
				d, _ := jsvalue.Get(this, "description").(*goja.Object)
				if d == nil || !s.Is(d, "Description") {
					d = s.Make("Description")
					core.Set(this, "description", d)
				}
				updateDescription(s, d, a)
				return nil
			}},
			{Name: "toObjectResolved", Length: 3, Fn: func(this *goja.Object, a core.Args) goja.Value { return toObjectResolved(s, this, a) }},
			{Name: "findSubstitutions", Length: 0, Fn: func(this *goja.Object, _ core.Args) goja.Value {
				return s.Texts(findTokens(s, ToJSON(s, this)))
			}},
		},
		Statics: []core.Method{
			{Name: "replaceSubstitutions", Length: 2, Fn: func(_ *goja.Object, a core.Args) goja.Value {
				if !jsvalue.IsString(a.At(0)) {
					return a.At(0)
				}
				return s.VM.ToValue(Expander(s, Sources(s, a[1:]))(core.Text(a.At(0))))
			}},
			// Without arguments a[1:] would panic.
			{Name: "replaceSubstitutionsIn", Length: 2, Fn: func(_ *goja.Object, a core.Args) goja.Value {
				return ExpandIn(s, a.At(0), Sources(s, a[min(1, len(a)):]))
			}},
			{Name: "findSubstitutions", Length: 1, Fn: func(_ *goja.Object, a core.Args) goja.Value {
				return s.Texts(findTokens(s, a.At(0)))
			}},
		},
	}
}

// Init is the body of Property's constructor: it gives o its id, name, disabled and
// description. Each stays unset when the definition has no such value; an id is made up only
// for classes that need one.
func Init(s *core.SDK, o *goja.Object, a core.Args) {
	InitBase(s, o, a)
	definition := a.At(0)
	source := info(definition)
	id := goja.Undefined()
	if source != nil {
		id = jsvalue.Get(source, "id")
	}
	// The order is the SDK's: the definition's id, the one that is already there,
	// _postman_id, a new one.
	if !jsvalue.Truthy(id) {
		id = jsvalue.Get(o, "id")
	}
	if !jsvalue.Truthy(id) {
		id = jsvalue.Field(jsvalue.Get(o, "_"), "postman_id")
	}
	if !jsvalue.Truthy(id) && jsvalue.Truthy(jsvalue.Get(o, "_postman_propertyRequiresId")) {
		id = s.VM.ToValue(NewID(s))
	}
	if jsvalue.Truthy(id) {
		core.Set(o, "id", id)
	}
	if source == nil {
		return
	}
	if name := jsvalue.Get(source, "name"); jsvalue.Truthy(name) {
		core.Set(o, "name", name)
	}
	// The key counts, not the value: {disabled: undefined} makes disabled false.
	if s.Has(definition, "disabled") {
		core.Set(o, "disabled", s.VM.ToValue(jsvalue.Truthy(jsvalue.Field(definition, "disabled"))))
	}
	if s.Has(source, "description") {
		core.Set(o, "description", s.Make("Description", jsvalue.Get(source, "description")))
	}
}

// NewID makes a version 4 UUID (RFC 9562) for an object without an id.
func NewID(s *core.SDK) string {
	var b [16]byte
	if s.Env.Rand == nil {
		// Without a source of randomness, as when a collection is only looked at, ids are
		// numbered: the same input gives the same ids.
		s.Ids++
		sum := sha256.Sum256(fmt.Append(nil, "posthaste id ", s.Ids))
		copy(b[:], sum[:])
	} else if _, err := io.ReadFull(s.Env.Rand, b[:]); err != nil {
		s.Throw("reading random bytes: " + err.Error())
	}
	// Version and variant bits of the RFC.
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}
