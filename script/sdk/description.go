package sdk

import (
	"github.com/dop251/goja"
)

func (s *SDK) descriptionClass() *class {
	return &class{
		label: "PostmanPropertyDescription",
		init: func(o *goja.Object, a args) {
			if d := a.at(0); isString(d) || truthy(d) {
				s.updateDescription(o, args{d})
			}
		},
		methods: []method{
			{"update", 2, func(this *goja.Object, a args) goja.Value {
				s.updateDescription(this, a)
				return nil
			}},
			{"toString", 0, func(this *goja.Object, _ args) goja.Value {
				if c := get(this, "content"); truthy(c) {
					return c
				}
				return s.vm.ToValue("")
			}},
			{"toJSON", 0, func(this *goja.Object, _ args) goja.Value {
				o := s.vm.NewObject()
				set(o, "content", get(this, "content"))
				set(o, "type", get(this, "type"))
				return o
			}},
		},
		statics: []method{s.isStatic("Description")},
	}
}

func (s *SDK) updateDescription(o *goja.Object, a args) {
	content, kind := a.at(0), a.at(1)
	if d, ok := content.(*goja.Object); ok {
		content, kind = get(d, "content"), get(d, "type")
	}
	if !truthy(kind) {
		kind = s.vm.ToValue("text/plain")
	}
	set(o, "content", content)
	set(o, "type", kind)
}

// describe gives o a description unless it is empty.
func (s *SDK) describe(o *goja.Object, description string) {
	if description != "" {
		set(o, "description", s.make("Description", s.vm.ToValue(description)))
	}
}

// description reads the text of a description in any of its forms.
func description(o goja.Value) string {
	switch d := field(o, "description"); {
	case isString(d):
		return text(d)
	case truthy(field(d, "content")):
		return text(field(d, "content"))
	}
	return ""
}
