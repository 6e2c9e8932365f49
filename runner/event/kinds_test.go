package event_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"posthaste/runner/event"
	"posthaste/runner/event/eventtest"
)

// A kind of event that is missing in the list could be written and not be read again.
func TestKindsListsEveryKind(t *testing.T) {
	names, err := filepath.Glob("*.go")
	if err != nil || len(names) == 0 {
		t.Fatal("no files", err)
	}
	var declared, listed []string
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range file.Decls {
			if f, ok := d.(*ast.FuncDecl); ok && f.Name.Name == "Kind" && f.Recv != nil {
				declared = append(declared, f.Recv.List[0].Type.(*ast.Ident).Name)
			}
		}
	}
	seen := map[string]bool{}
	for _, e := range event.Kinds() {
		listed = append(listed, reflect.TypeOf(e).Name())
		if seen[e.Kind()] {
			t.Errorf("two kinds are called %q", e.Kind())
		}
		seen[e.Kind()] = true
	}
	slices.Sort(declared)
	slices.Sort(listed)
	if !slices.Equal(declared, listed) {
		t.Errorf("the package declares the events %v, Kinds returns %v", declared, listed)
	}
}

func TestLabelsReachEveryPartThatHasOne(t *testing.T) {
	step := event.Step{ID: "other", Iteration: 7, Collection: 3}
	item := event.Item{ID: "other", Path: []string{"folder"}}
	script := event.Script{ID: "other"}
	labels := event.Labels{
		Step:       func(event.Step) event.Step { return step },
		Item:       func(event.Item) event.Item { return item },
		Script:     func(event.Script) event.Script { return script },
		Collection: func(int) int { return 3 },
	}
	want := map[string]any{"Step": step, "Item": item, "Script": script}
	for _, zero := range event.Kinds() {
		t.Run(zero.Kind(), func(t *testing.T) {
			before := eventtest.Filled(zero)
			got := reflect.ValueOf(before.Relabelled(labels))
			belongs := event.Step{}
			for i := range got.NumField() {
				name, value := got.Type().Field(i).Name, got.Field(i).Interface()
				label, isLabel := want[name]
				switch {
				case name == "Step":
					belongs = reflect.ValueOf(before).Field(i).Interface().(event.Step)
					fallthrough
				case isLabel:
					if !reflect.DeepEqual(value, label) {
						t.Errorf("%s is %v after it was relabelled", name, value)
					}
				case name == "Collection" && got.Field(i).Kind() == reflect.Int:
					if value != 3 {
						t.Errorf("the collection is %v after it was relabelled, want 3", value)
					}
				default:
					if !reflect.DeepEqual(value, reflect.ValueOf(before).Field(i).Interface()) {
						t.Errorf("relabelling changed %s", name)
					}
				}
			}
			if before.InStep() != belongs {
				t.Errorf("InStep returns %+v, the event's step is %+v", before.InStep(), belongs)
			}
			if again := before.Relabelled(event.Labels{}); !reflect.DeepEqual(again, before) {
				t.Errorf("without labels the event changes to %+v", again)
			}
		})
	}
}
