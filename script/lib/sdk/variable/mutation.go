package variable

import (
	"strings"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/sdk/core"
	"posthaste/script/lib/sdk/property"
)

// MutationTrackerClass describes MutationTracker: a list of changes to variables that can be
// applied to another scope. stream has all changes in order, compacted the last one of each
// name.
func MutationTrackerClass(s *core.SDK) *core.Class {
	return &core.Class{
		Parent: "PropertyBase", Label: "MutationTracker",
		Init: func(o *goja.Object, a core.Args) {
			property.InitBase(s, o, a)
			stream, compacted := jsvalue.Field(a.At(0), "stream"), jsvalue.Field(a.At(0), "compacted")
			if !core.IsArray(stream) {
				stream = s.VM.NewArray()
			}
			if !s.IsPlain(compacted) {
				compacted = s.VM.NewObject()
			}
			core.Set(o, "autoCompact", s.VM.ToValue(jsvalue.Truthy(jsvalue.Field(a.At(0), "autoCompact"))))
			core.Set(o, "stream", stream)
			core.Set(o, "compacted", compacted)
		},
		Methods: []core.Method{
			{Name: "addMutation", Length: 1, Fn: func(this *goja.Object, a core.Args) goja.Value {
				if core.IsArray(a.At(0)) {
					addMutation(s, this, a.At(0), jsvalue.Truthy(jsvalue.Get(this, "autoCompact")))
				}
				return nil
			}},
			{Name: "addAndCompact", Length: 1, Fn: func(this *goja.Object, a core.Args) goja.Value {
				addMutation(s, this, a.At(0), true)
				return nil
			}},
			{Name: "track", Length: 1, Fn: func(this *goja.Object, a core.Args) goja.Value {
				if how := a.At(0); jsvalue.IsString(how) && (core.Text(how) == "set" || core.Text(how) == "unset") {
					// The kind, set or unset, is known from the number of parts later.
					addMutation(s, this, s.Array(a[1:]), jsvalue.Truthy(jsvalue.Get(this, "autoCompact")))
				}
				return nil
			}},
			{Name: "compact", Length: 0, Fn: func(this *goja.Object, _ core.Args) goja.Value {
				for _, m := range core.Items(jsvalue.Get(this, "stream")) {
					// Their order is kept, so the last of a name wins.
					addMutation(s, this, m, true)
				}
				core.Set(this, "stream", s.VM.NewArray())
				return nil
			}},
			{Name: "count", Length: 0, Fn: func(this *goja.Object, _ core.Args) goja.Value {
				return s.VM.ToValue(len(core.Items(jsvalue.Get(this, "stream"))) + len(s.Object(jsvalue.Get(this, "compacted")).Keys()))
			}},
			{Name: "applyOn", Length: 1, Fn: func(this *goja.Object, a core.Args) goja.Value {
				applyMutations(s, this, a.At(0))
				return nil
			}},
		},
		Statics: []core.Method{s.IsStatic("MutationTracker")},
	}
}

// addMutation records [key, value], or [key] for a removal; compact records the last of each
// key only. What has more parts is no mutation and is ignored. A key that is an array is a
// path, joined by dots.
func addMutation(s *core.SDK, tracker *goja.Object, mutation goja.Value, compact bool) {
	parts := core.Args(core.Items(mutation))
	if len(parts) > 2 {
		return
	}
	if !compact {
		if stream, ok := jsvalue.Get(tracker, "stream").(*goja.Object); ok {
			core.Set(stream, core.Text(jsvalue.Get(stream, "length")), mutation)
		}
		return
	}
	key := core.Text(parts.At(0))
	if core.IsArray(parts.At(0)) {
		key = strings.Join(core.ReadTexts(parts.At(0)), ".")
	}
	core.Set(s.Object(jsvalue.Get(tracker, "compacted")), key, mutation)
}

// applyMutations repeats what was tracked on a scope, through its applyMutation method: first
// the compacted changes, which are older, then the stream.
func applyMutations(s *core.SDK, tracker *goja.Object, target goja.Value) {
	apply := jsvalue.Field(target, "applyMutation")
	if !core.IsFunction(apply) {
		return
	}
	compacted := s.Object(jsvalue.Get(tracker, "compacted"))
	var all []goja.Value
	for _, key := range compacted.Keys() {
		all = append(all, jsvalue.Get(compacted, key))
	}
	for _, m := range append(all, core.Items(jsvalue.Get(tracker, "stream"))...) {
		switch parts := core.Items(m); len(parts) {
		case 2:
			s.Call(apply, target, s.VM.ToValue("set"), parts[0], parts[1])
		case 1:
			s.Call(apply, target, s.VM.ToValue("unset"), parts[0])
		}
	}
}
