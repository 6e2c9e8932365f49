package intl

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/dop251/goja"
)

func newVM(tb testing.TB) *goja.Runtime {
	tb.Helper()
	vm := goja.New()
	Install(vm, func() time.Time { return time.UnixMilli(1704445387000) })
	return vm
}

// The results were recorded with Node by testdata/record.js. A file differences.json lists snippets that we answer in
// another way, each with ours and the reason.
func TestGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/*.golden.json")
	if err != nil || len(files) == 0 {
		t.Fatalf("no golden files: %v", err)
	}
	wanted := map[string][2]string{}
	if text, err := os.ReadFile("testdata/differences.json"); err == nil {
		if err := json.Unmarshal(text, &wanted); err != nil {
			t.Fatal(err)
		}
	}
	used := map[string]bool{}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".golden.json"), func(t *testing.T) {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			var cases [][2]string
			if err := json.Unmarshal(text, &cases); err != nil {
				t.Fatal(err)
			}
			vm := newVM(t)
			for _, c := range cases {
				got, want := evaluate(vm, c[0]), c[1]
				if other, ok := wanted[c[0]]; ok {
					want, used[c[0]] = other[0], true
				}
				if got != want {
					t.Errorf("%s\n got %s\nwant %s", c[0], got, want)
				}
			}
		})
	}
	for code := range wanted {
		if !used[code] {
			t.Errorf("differences.json has %s, which no golden file has", code)
		}
	}
}

func evaluate(vm *goja.Runtime, code string) string {
	v, err := vm.RunString("(function (v) { if (typeof v === 'string') return v; var t = JSON.stringify(v); return t === undefined ? String(v) : t })((function () { return (" + code + "\n); })())")
	var exception *goja.Exception
	if errors.As(err, &exception) {
		o, ok := exception.Value().(*goja.Object)
		if !ok {
			return "throws " + exception.Value().String()
		}
		return "throws " + o.Get("name").String() + ": " + o.Get("message").String()
	}
	if err != nil {
		return "fails " + err.Error()
	}
	return v.String()
}
