package script

import (
	"slices"
	"testing"

	"posthaste/runner/event"
)

func TestForgetSweepsWhatScriptsLeftBehind(t *testing.T) {
	stage := newStage(t, Options{})
	stage.box.Swept()
	stage.run("left = 1; other = 2; third = 3; _ = 'patched'; pm.test(typeof left, () => {})")
	stage.box.Forget()
	stage.run("pm.test([typeof left, typeof other, typeof third, typeof pm, typeof require('crypto-js').SHA1].join(), () => {})")
	var names []string
	for _, e := range stage.events {
		if a, ok := e.(event.Assertion); ok {
			names = append(names, a.Name)
		}
	}
	if want := []string{"undefined,undefined,undefined,object,function"}; !slices.Equal(names, want) {
		t.Errorf("the scripts saw %q, want %q", names, want)
	}
}

func TestForgetBeforeTheFirstScriptDoesNothing(t *testing.T) {
	s := New(Options{}).Swept()
	s.Forget()
	if !s.Usable() {
		t.Error("a new sandbox refuses scripts")
	}
}
