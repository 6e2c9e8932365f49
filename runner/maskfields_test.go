package runner_test

import (
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"posthaste/internal/redact"
	"posthaste/runner"
	"posthaste/runner/event"
	"posthaste/runner/event/eventtest"
)

const fieldSecret = "fi3ld-S3cret/9+x"

// unmasked are the text fields that masking leaves alone, by type, each with the reason. A field that is not here is text
// of a user, a script or a server.
func unmasked() map[string]string {
	const (
		id   = "made by the program or by Postman: readers find things by it"
		word = "one of the program's own words, by which readers tell what happened"
	)
	return map[string]string{
		"Collection.ID": id, "Collection.Hash": id, "Item.ID": id, "Script.ID": id, "Step.ID": id, "Step.Caller": id, "Step.Unit": id,
		"Scope.ID": id, "Response.ID": id, "Shard.RunID": id,
		"RunStarted.Version": word, "Shard.By": word, "RunFinished.Reason": word,
		"Name.Scope": word, "ScopedVariable.Scope": word, "Checkpoint.Source": word, "TornDown.Unit": id, "LeftVariable.State": word,
		"PhaseStarted.Listen": word, "Script.Listen": word, "Script.Level": word,
		"Console.Level": word, "Notice.Level": word, "Notice.Code": word, "VariableSet.Scope": word,
		"RequestSent.Source": word, "ResponseReceived.Source": word, "RequestFailed.Source": word,
		"Request.BodyMode": word, "Response.Proto": word, "Error.Code": word, "Error.Syscall": word,
		"Error.At":     "two numbers",
		"Covered.Kind": word,
	}
}

// Every text of every kind of event is masked, unless the list above says why not; nothing else changes.
func TestEveryTextOfAnEventIsMasked(t *testing.T) {
	t.Parallel()
	set := &redact.Set{}
	set.Pin("declared", fieldSecret)
	left, kinds := map[string]bool{}, 0
	for _, zero := range event.Kinds() {
		kinds++
		plain, untouched := planted(zero), planted(zero)
		masked := event.Mask(plain, runner.Masker(set)).Event()
		if !reflect.DeepEqual(plain, untouched) {
			t.Errorf("masking changed the %s event that it was given", zero.Kind())
		}
		before, after := leaves(plain), leaves(masked)
		if !slices.Equal(slices.Sorted(maps.Keys(before)), slices.Sorted(maps.Keys(after))) {
			t.Errorf("masking changed the shape of the %s event", zero.Kind())
		}
		for place, leaf := range before {
			text, ok := after[place].value.(string)
			switch {
			case !ok:
				if leaf.value != after[place].value {
					t.Errorf("%s %s is %v after masking, was %v", zero.Kind(), place, after[place].value, leaf.value)
				}
			case !strings.Contains(text, fieldSecret):
				if want := strings.ReplaceAll(leaf.value.(string), fieldSecret, redact.Mask); text != want {
					t.Errorf("%s %s is %q after masking, want %q", zero.Kind(), place, text, want)
				}
				if unmasked()[leaf.field] != "" {
					t.Errorf("%s is masked in a %s event: what reads reports finds things by it", leaf.field, zero.Kind())
				}
			case unmasked()[leaf.field] == "":
				t.Errorf("%s of a %s event still holds the secret after masking: %q", leaf.field, zero.Kind(), text)
			default:
				left[leaf.field] = true
			}
		}
	}
	if kinds < 18 {
		t.Errorf("only %d kinds of events were tried", kinds)
	}
	for field := range unmasked() {
		if !left[field] {
			t.Errorf("%s is in the list of fields that stay, and no event has it", field)
		}
	}
}

// planted is an event with the secret in every text.
func planted(zero event.Event) event.Event {
	v := reflect.New(reflect.TypeOf(zero)).Elem()
	v.Set(reflect.ValueOf(eventtest.Filled(zero)))
	plant(v)
	full, _ := v.Interface().(event.Event) // it is of zero's type
	return full
}

func plant(v reflect.Value) {
	const text = "before " + fieldSecret + " after"
	if _, ok := v.Interface().([]byte); ok {
		v.SetBytes([]byte(`{"name":"` + text + `"}`))
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(text)
	case reflect.Pointer:
		plant(v.Elem())
	case reflect.Slice:
		for i := range v.Len() {
			plant(v.Index(i))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				plant(v.Field(i))
			}
		}
	default: // no text
	}
}

// A leaf is a value that has no fields.
type leaf struct {
	field string // "Type.Field"
	value any
}

// leaves lists the values of an event by their place.
func leaves(e event.Event) map[string]leaf {
	list := map[string]leaf{}
	collect(reflect.ValueOf(e), "", "", list)
	return list
}

func collect(v reflect.Value, place, field string, list map[string]leaf) {
	if data, ok := v.Interface().([]byte); ok {
		list[place] = leaf{field, string(data)}
		return
	}
	switch {
	case v.Kind() == reflect.Pointer:
		collect(v.Elem(), place, field, list)
	case v.Kind() == reflect.Slice:
		for i := range v.Len() {
			collect(v.Index(i), place+"["+string(rune('0'+i))+"]", field, list)
		}
	case v.Kind() == reflect.Struct && strings.HasSuffix(v.Type().PkgPath(), "runner/event"):
		for i := range v.NumField() {
			name := v.Type().Field(i).Name
			collect(v.Field(i), place+"."+name, v.Type().Name()+"."+name, list)
		}
	default:
		list[place] = leaf{field, v.Interface()}
	}
}

func TestNamesWithinAValueAreMasked(t *testing.T) {
	t.Parallel()
	set := &redact.Set{}
	set.Pin("declared", fieldSecret)
	m := runner.Masker(set)
	value := `{"fi3ld-S3cret\/9+x":1,"deep":[{"a fi3ld-S3cret/9+x":"fi3ld-S3cret/9+x","kept":true}]}`
	want := `{"******":1,"deep":[{"a ******":"******","kept":true}]}`
	for name, got := range map[string]string{
		"a variable":      event.VariableSet{Value: value}.Masked(m).(event.VariableSet).Value,
		"a thrown object": (&event.Error{Thrown: value}).Masked(m).Thrown,
		"an environment":  event.Scope{Values: []event.Variable{{Value: value}}}.Masked(m).Values[0].Value,
	} {
		if got != want {
			t.Errorf("%s is %s, want %s", name, got, want)
		}
	}
	if e := (&event.Error{Name: event.Bailed}).Masked(m); e.Name != event.Bailed {
		t.Errorf("the error of a script that --bail ends is called %q: reports know it by its name", e.Name)
	}
	set.Pin("word", event.Bailed)
	if e := (&event.Error{Name: event.Bailed}).Masked(m); e.Name != event.Bailed {
		t.Errorf("the error of a script that --bail ends is called %q where its name is a secret", e.Name)
	}
}
