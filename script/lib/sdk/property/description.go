package property

import (
	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/sdk/core"
)

// DescriptionClass describes Description: a text and its media type, "text/plain" or
// "text/markdown". Its JSON is {content, type}, which is also what collections of format 2.1
// contain.
func DescriptionClass(s *core.SDK) *core.Class {
	return &core.Class{
		Label: "PostmanPropertyDescription",
		Init: func(o *goja.Object, a core.Args) {
			// An empty text is a description too; null, 0 and false are none.
			if d := a.At(0); jsvalue.IsString(d) || jsvalue.Truthy(d) {
				updateDescription(s, o, core.Args{d})
			}
		},
		Methods: []core.Method{
			{Name: "update", Length: 2, Fn: func(this *goja.Object, a core.Args) goja.Value {
				updateDescription(s, this, a)
				return nil
			}},
			{Name: "toString", Length: 0, Fn: func(this *goja.Object, _ core.Args) goja.Value {
				if c := jsvalue.Get(this, "content"); jsvalue.Truthy(c) {
					return c
				}
				return s.VM.ToValue("")
			}},
			{Name: "toJSON", Length: 0, Fn: func(this *goja.Object, _ core.Args) goja.Value {
				o := s.VM.NewObject()
				core.Set(o, "content", jsvalue.Get(this, "content"))
				core.Set(o, "type", jsvalue.Get(this, "type"))
				return o
			}},
		},
		Statics: []core.Method{s.IsStatic("Description")},
	}
}

// updateDescription takes (content, type) or one object with both. A missing type is
// "text/plain", as in postman-collection; the content may be of any type and is stored as it
// is.
func updateDescription(s *core.SDK, o *goja.Object, a core.Args) {
	content, kind := a.At(0), a.At(1)
	if d, ok := content.(*goja.Object); ok {
		content, kind = jsvalue.Get(d, "content"), jsvalue.Get(d, "type")
	}
	if !jsvalue.Truthy(kind) {
		kind = s.VM.ToValue("text/plain")
	}
	core.Set(o, "content", content)
	core.Set(o, "type", kind)
}

// Describe gives o a description unless it is empty. An empty one would appear in toJSON as
// an object, where the collection has nothing.
func Describe(s *core.SDK, o *goja.Object, description string) {
	if description != "" {
		core.Set(o, "description", s.Make("Description", s.VM.ToValue(description)))
	}
}

// DescriptionText reads the text of a description in any of its forms: a string, a
// Description, or the {content, type} of a file. It returns "" where there is no text.
func DescriptionText(o goja.Value) string {
	switch d := jsvalue.Field(o, "description"); {
	case jsvalue.IsString(d):
		return core.Text(d)
	case jsvalue.Truthy(jsvalue.Field(d, "content")):
		return core.Text(jsvalue.Field(d, "content"))
	}
	return ""
}
