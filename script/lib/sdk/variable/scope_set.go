package variable

import (
	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/sdk/core"
	"posthaste/script/lib/sdk/property"
)

// scopeSet takes (key, value, type). It changes the last enabled variable of the name, or
// adds one, and records the change when tracking is on. A disabled variable of the name stays
// disabled.
func scopeSet(s *core.SDK, this *goja.Object, a core.Args) goja.Value {
	update := s.VM.NewObject()
	core.Set(update, "key", a.At(0))
	core.Set(update, "value", a.At(1))
	if jsvalue.IsString(a.At(2)) {
		core.Set(update, "type", a.At(2))
	}
	values := scopeValues(s, this)
	if v := property.EnabledVariable(values, core.Text(a.At(0))); v != nil {
		updateVariable(s, v, update)
	} else {
		values.Add(core.Args{update})
	}
	track(s, this, a.At(0), a.At(1))
	return nil
}

// scopeUnset removes the enabled variables of a name and keeps the disabled ones.
func scopeUnset(s *core.SDK, this *goja.Object, a core.Args) goja.Value {
	values := scopeValues(s, this)
	var disabled goja.Value
	values.RemoveWhere(func(v goja.Value) bool {
		if !jsvalue.Field(v, "key").StrictEquals(a.At(0)) {
			return false
		}
		if jsvalue.Truthy(jsvalue.Field(v, "disabled")) {
			disabled = v
			return false
		}
		return true
	})
	// Removing took the name out of the lookup; the disabled one takes its place again.
	if disabled != nil {
		core.Set(values.Reference(), core.Text(a.At(0)), disabled)
	}
	track(s, this, a.At(0))
	return nil
}

// scopeClear removes all variables, disabled ones too, and records a removal for each.
func scopeClear(s *core.SDK, this *goja.Object, _ core.Args) goja.Value {
	values := scopeValues(s, this)
	for _, v := range values.Members() {
		track(s, this, jsvalue.Field(v, "key"))
	}
	values.Clear()
	return nil
}

// scopeTrack begins to record what set and unset do, under mutations. While it records, a
// second call changes nothing and what was recorded stays.
func scopeTrack(s *core.SDK, this *goja.Object, a core.Args) goja.Value {
	if !jsvalue.Truthy(jsvalue.Get(this, "_postman_enableTracking")) {
		core.Set(this, "_postman_enableTracking", s.VM.ToValue(true))
		core.Set(this, "mutations", s.Make("MutationTracker", a.At(0)))
	}
	return nil
}

// track records a mutation, [key, value] or [key], while tracking is on.
func track(s *core.SDK, this *goja.Object, mutation ...any) {
	tracker, ok := jsvalue.Get(this, "mutations").(*goja.Object)
	if ok && jsvalue.Truthy(jsvalue.Get(this, "_postman_enableTracking")) {
		addMutation(s, tracker, s.VM.NewArray(mutation...), jsvalue.Truthy(jsvalue.Get(tracker, "autoCompact")))
	}
}
