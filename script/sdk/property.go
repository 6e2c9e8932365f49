package sdk

import (
	"crypto/sha256"
	"fmt"
	"io"
	"strings"

	"github.com/dop251/goja"
)

func (s *SDK) propertyBaseClass() *class {
	return &class{
		init: s.initPropertyBase,
		methods: []method{
			{"forEachParent", 2, s.forEachParent},
			{"findInParents", 2, func(this *goja.Object, a args) goja.Value {
				owner := s.findOwner(this, a)
				if owner == nil {
					return nil
				}
				return get(owner, text(a.at(0)))
			}},
			{"findParentContaining", 2, func(this *goja.Object, a args) goja.Value {
				if owner := s.findOwner(this, a); owner != nil {
					return owner
				}
				return nil
			}},
			{"toJSON", 0, func(this *goja.Object, _ args) goja.Value { return s.baseJSON(this) }},
			{"meta", 0, s.meta},
			{"parent", 0, func(this *goja.Object, _ args) goja.Value { return s.parent(this) }},
			{"setParent", 1, func(this *goja.Object, a args) goja.Value {
				hide(this, parentKey, a.at(0))
				return nil
			}},
		},
		statics: []method{
			{"propertyIsMeta", 2, func(_ *goja.Object, a args) goja.Value {
				return s.vm.ToValue(isMeta(text(a.at(1))))
			}},
			{"propertyUnprefixMeta", 2, func(_ *goja.Object, a args) goja.Value {
				return s.vm.ToValue(strings.TrimLeft(text(a.at(1)), "_"))
			}},
			{"toJSON", 1, func(_ *goja.Object, a args) goja.Value { return s.baseJSON(s.object(a.at(0))) }},
		},
	}
}

func isMeta(key string) bool { return strings.HasPrefix(key, "_") && key != "_" }

// initPropertyBase collects keys such as _postman_id into the meta object.
func (s *SDK) initPropertyBase(o *goja.Object, a args) {
	source := s.info(a.at(0))
	if source == nil {
		return
	}
	var meta *goja.Object
	for _, key := range source.Keys() {
		if !isMeta(key) {
			continue
		}
		if meta == nil {
			meta = s.vm.NewObject()
		}
		set(meta, strings.TrimLeft(key, "_"), get(source, key))
	}
	if meta != nil {
		set(o, "_", meta)
	}
}

// info returns the object that describes a property: its info object when it has one.
func (s *SDK) info(definition goja.Value) *goja.Object {
	o, ok := definition.(*goja.Object)
	if !ok {
		return nil
	}
	if inner, ok := get(o, "info").(*goja.Object); ok {
		return inner
	}
	return o
}

func (s *SDK) meta(this *goja.Object, a args) goja.Value {
	meta, ok := get(this, "_").(*goja.Object)
	if !ok {
		return nil
	}
	result := s.vm.NewObject()
	keys := meta.Keys()
	if len(a) > 0 {
		keys = keys[:0]
		for _, v := range a {
			keys = append(keys, text(v))
		}
	}
	for _, key := range keys {
		if s.has(meta, key) {
			set(result, key, s.clone(get(meta, key)))
		}
	}
	return result
}

func (s *SDK) propertyClass() *class {
	return &class{
		parent: "PropertyBase",
		init:   s.initProperty,
		methods: []method{
			{"describe", 2, func(this *goja.Object, a args) goja.Value {
				d, _ := get(this, "description").(*goja.Object)
				if d == nil || !s.is(d, "Description") {
					d = s.make("Description")
					set(this, "description", d)
				}
				s.updateDescription(d, a)
				return nil
			}},
			{"toObjectResolved", 3, s.toObjectResolved},
			{"findSubstitutions", 0, func(this *goja.Object, _ args) goja.Value {
				return s.texts(s.findTokens(s.toJSON(this)))
			}},
		},
		statics: []method{
			{"replaceSubstitutions", 2, func(_ *goja.Object, a args) goja.Value {
				if !isString(a.at(0)) {
					return a.at(0)
				}
				return s.vm.ToValue(s.expander(s.sources(a[1:]))(text(a.at(0))))
			}},
			{"replaceSubstitutionsIn", 2, func(_ *goja.Object, a args) goja.Value {
				return s.expandIn(a.at(0), s.sources(a[min(1, len(a)):]))
			}},
			{"findSubstitutions", 1, func(_ *goja.Object, a args) goja.Value {
				return s.texts(s.findTokens(a.at(0)))
			}},
		},
	}
}

// initProperty gives o its id, name, disabled and description.
func (s *SDK) initProperty(o *goja.Object, a args) {
	s.initPropertyBase(o, a)
	definition := a.at(0)
	source := s.info(definition)
	id := goja.Undefined()
	if source != nil {
		id = get(source, "id")
	}
	if !truthy(id) {
		id = get(o, "id")
	}
	if !truthy(id) {
		id = field(get(o, "_"), "postman_id")
	}
	if !truthy(id) && truthy(get(o, "_postman_propertyRequiresId")) {
		id = s.vm.ToValue(s.newID())
	}
	if truthy(id) {
		set(o, "id", id)
	}
	if source == nil {
		return
	}
	if name := get(source, "name"); truthy(name) {
		set(o, "name", name)
	}
	if s.has(definition, "disabled") {
		set(o, "disabled", s.vm.ToValue(truthy(field(definition, "disabled"))))
	}
	if s.has(source, "description") {
		set(o, "description", s.make("Description", get(source, "description")))
	}
}

// newID makes a version 4 UUID.
func (s *SDK) newID() string {
	var b [16]byte
	if s.env.Rand == nil {
		s.ids++
		sum := sha256.Sum256(fmt.Append(nil, "posthaste id ", s.ids))
		copy(b[:], sum[:])
	} else if _, err := io.ReadFull(s.env.Rand, b[:]); err != nil {
		s.throw("reading random bytes: " + err.Error())
	}
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}
