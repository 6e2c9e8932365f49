package sdk

import (
	"github.com/dop251/goja"
)

func (s *SDK) scopeSet(this *goja.Object, a args) goja.Value {
	update := s.vm.NewObject()
	set(update, "key", a.at(0))
	set(update, "value", a.at(1))
	if isString(a.at(2)) {
		set(update, "type", a.at(2))
	}
	values := s.scopeValues(this)
	if v := s.enabledVariable(values, text(a.at(0))); v != nil {
		s.updateVariable(v, update)
	} else {
		values.add(args{update})
	}
	s.track(this, a.at(0), a.at(1))
	return nil
}

// scopeUnset removes the enabled variables of a name and keeps the disabled ones.
func (s *SDK) scopeUnset(this *goja.Object, a args) goja.Value {
	values := s.scopeValues(this)
	var disabled goja.Value
	values.removeWhere(func(v goja.Value) bool {
		if !field(v, "key").StrictEquals(a.at(0)) {
			return false
		}
		if truthy(field(v, "disabled")) {
			disabled = v
			return false
		}
		return true
	})
	if disabled != nil {
		set(values.reference(), text(a.at(0)), disabled)
	}
	s.track(this, a.at(0))
	return nil
}

func (s *SDK) scopeClear(this *goja.Object, _ args) goja.Value {
	values := s.scopeValues(this)
	for _, v := range values.members() {
		s.track(this, field(v, "key"))
	}
	values.clear()
	return nil
}

// scopeTrack begins to record what set and unset do, under mutations.
func (s *SDK) scopeTrack(this *goja.Object, a args) goja.Value {
	if !truthy(get(this, "_postman_enableTracking")) {
		set(this, "_postman_enableTracking", s.vm.ToValue(true))
		set(this, "mutations", s.make("MutationTracker", a.at(0)))
	}
	return nil
}

// track records a mutation, [key, value] or [key], while that is asked for.
func (s *SDK) track(this *goja.Object, mutation ...any) {
	tracker, ok := get(this, "mutations").(*goja.Object)
	if ok && truthy(get(this, "_postman_enableTracking")) {
		s.addMutation(tracker, s.vm.NewArray(mutation...), truthy(get(tracker, "autoCompact")))
	}
}
