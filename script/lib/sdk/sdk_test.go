package sdk

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/dop251/goja"
	"github.com/google/go-cmp/cmp"

	"posthaste/script/lib/chai"
)

// world is a runtime with the SDK and chai, as the sandbox puts them together.
func world(tb testing.TB) (*goja.Runtime, *SDK) {
	tb.Helper()
	vm := goja.New()
	c := chai.New(vm)
	s := New(Env{VM: vm, Now: func() time.Time { return time.Unix(0, 0) }})
	InstallAssertions(c, s)
	for name, v := range map[string]goja.Value{"sdk": s.Module(), "expect": c.Expect()} {
		if err := vm.Set(name, v); err != nil {
			tb.Fatal(err)
		}
	}
	return vm, s
}

// cases reads the snippets by name, in no order.
func cases(tb testing.TB) map[string]string {
	tb.Helper()
	file, err := os.ReadFile("testdata/cases.txt")
	if err != nil {
		tb.Fatal(err)
	}
	found := map[string]string{}
	for _, block := range strings.Split(string(file), "\n=== ")[1:] {
		name, source, _ := strings.Cut(block, "\n")
		found[strings.TrimSpace(name)] = strings.TrimSpace(source)
	}
	return found
}

// TestAsRecorded runs every snippet and compares with what the real SDK and chai-postman did.
func TestAsRecorded(t *testing.T) {
	file, err := os.ReadFile("testdata/cases.json")
	if err != nil {
		t.Fatal(err)
	}
	var recorded map[string]string
	if err := json.Unmarshal(file, &recorded); err != nil {
		t.Fatal(err)
	}
	show, err := os.ReadFile("testdata/show.js")
	if err != nil {
		t.Fatal(err)
	}
	snippets := cases(t)
	if len(snippets) != len(recorded) {
		t.Errorf("there are %d snippets and %d records; run record.js", len(snippets), len(recorded))
	}
	for name, source := range snippets {
		t.Run(name, func(t *testing.T) {
			vm, _ := world(t)
			got, err := vm.RunString("(" + strings.TrimSpace(string(show)) + ")(function () {\n" + source + "\n})")
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(got.String(), recorded[name]); diff != "" {
				t.Errorf("%s\n got %s\nwant %s", source, got, recorded[name])
			}
		})
	}
}
