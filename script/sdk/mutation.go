package sdk

import (
	"strings"

	"github.com/dop251/goja"
)

func (s *SDK) mutationTrackerClass() *class {
	return &class{
		parent: "PropertyBase", label: "MutationTracker",
		init: func(o *goja.Object, a args) {
			s.initPropertyBase(o, a)
			stream, compacted := field(a.at(0), "stream"), field(a.at(0), "compacted")
			if !isArray(stream) {
				stream = s.vm.NewArray()
			}
			if !s.isPlain(compacted) {
				compacted = s.vm.NewObject()
			}
			set(o, "autoCompact", s.vm.ToValue(truthy(field(a.at(0), "autoCompact"))))
			set(o, "stream", stream)
			set(o, "compacted", compacted)
		},
		methods: []method{
			{"addMutation", 1, func(this *goja.Object, a args) goja.Value {
				if isArray(a.at(0)) {
					s.addMutation(this, a.at(0), truthy(get(this, "autoCompact")))
				}
				return nil
			}},
			{"addAndCompact", 1, func(this *goja.Object, a args) goja.Value {
				s.addMutation(this, a.at(0), true)
				return nil
			}},
			{"track", 1, func(this *goja.Object, a args) goja.Value {
				if how := a.at(0); isString(how) && (text(how) == "set" || text(how) == "unset") {
					s.addMutation(this, s.array(a[1:]), truthy(get(this, "autoCompact")))
				}
				return nil
			}},
			{"compact", 0, func(this *goja.Object, _ args) goja.Value {
				for _, m := range items(get(this, "stream")) {
					s.addMutation(this, m, true)
				}
				set(this, "stream", s.vm.NewArray())
				return nil
			}},
			{"count", 0, func(this *goja.Object, _ args) goja.Value {
				return s.vm.ToValue(len(items(get(this, "stream"))) + len(s.object(get(this, "compacted")).Keys()))
			}},
			{"applyOn", 1, func(this *goja.Object, a args) goja.Value {
				s.applyMutations(this, a.at(0))
				return nil
			}},
		},
		statics: []method{s.isStatic("MutationTracker")},
	}
}

// addMutation keeps [key, value], or [key] for a removal; compact keeps the last of each key only. What
// is longer is no mutation.
func (s *SDK) addMutation(tracker *goja.Object, mutation goja.Value, compact bool) {
	parts := args(items(mutation))
	if len(parts) > 2 {
		return
	}
	if !compact {
		if stream, ok := get(tracker, "stream").(*goja.Object); ok {
			set(stream, text(get(stream, "length")), mutation)
		}
		return
	}
	key := text(parts.at(0))
	if isArray(parts.at(0)) {
		key = strings.Join(readTexts(parts.at(0)), ".")
	}
	set(s.object(get(tracker, "compacted")), key, mutation)
}

// applyMutations repeats what was tracked on a scope.
func (s *SDK) applyMutations(tracker *goja.Object, target goja.Value) {
	apply := field(target, "applyMutation")
	if !isFunction(apply) {
		return
	}
	compacted := s.object(get(tracker, "compacted"))
	var all []goja.Value
	for _, key := range compacted.Keys() {
		all = append(all, get(compacted, key))
	}
	for _, m := range append(all, items(get(tracker, "stream"))...) {
		switch parts := items(m); len(parts) {
		case 2:
			s.call(apply, target, s.vm.ToValue("set"), parts[0], parts[1])
		case 1:
			s.call(apply, target, s.vm.ToValue("unset"), parts[0])
		}
	}
}
