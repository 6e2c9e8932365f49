package moment_test

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/dop251/goja"

	"posthaste/script/lib/moment"
	"posthaste/script/lib/native"
)

// inZone runs the rest of a test in a time zone, as Date of the engine has it.
func inZone(t *testing.T, name string) {
	t.Helper()
	zone, err := time.LoadLocation(name)
	if err != nil {
		t.Fatalf("no zone %s: %v", name, err)
	}
	before := time.Local
	time.Local = zone
	t.Cleanup(func() { time.Local = before })
}

func newVM() (*goja.Runtime, goja.Value) {
	vm := goja.New()
	return vm, moment.New(&native.Env{VM: vm})
}

// evaluate runs a file of testdata, whose value is that of its last expression.
func evaluate(t *testing.T, vm *goja.Runtime, name string) goja.Value {
	t.Helper()
	source, err := os.ReadFile(filepath.Join("testdata", name+".js"))
	if err != nil {
		t.Fatal(err)
	}
	v, err := vm.RunScript(name, string(source))
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func answers(t *testing.T, file string) []string {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	lines := bufio.NewScanner(z)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var s string
		if err := json.Unmarshal(lines.Bytes(), &s); err != nil {
			t.Fatal(err)
		}
		list = append(list, s)
	}
	return list
}

// TestSameAsMoment compares with what the real package has answered (tools/moment/answers.mjs). What differs on purpose is
// listed in testdata/differences.txt with a reason.
func TestSameAsMoment(t *testing.T) {
	files, _ := filepath.Glob("testdata/answers/*.txt.gz")
	if len(files) < 5 {
		t.Fatalf("only %d files of answers", len(files))
	}
	wanted := differences(t)
	for _, file := range files {
		name, zone, _ := strings.Cut(strings.TrimSuffix(filepath.Base(file), ".txt.gz"), ".")
		t.Run(name+" "+zone, func(t *testing.T) {
			inZone(t, strings.Replace(zone, "_", "/", 1))
			vm, m := newVM()
			snippets := evaluate(t, vm, name)
			var codes []string
			if err := vm.ExportTo(snippets, &codes); err != nil {
				t.Fatal(err)
			}
			show, _ := goja.AssertFunction(evaluate(t, vm, "show"))
			v, err := show(nil, m, snippets, fresh(vm, name))
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			if err := vm.ExportTo(v, &got); err != nil {
				t.Fatal(err)
			}
			compare(t, codes, got, answers(t, file), wanted)
		})
	}
}

// fresh gives each snippet of the documentation a moment of its own, as the recorder does.
func fresh(vm *goja.Runtime, name string) goja.Value {
	if name != "examples" && name != "pages" {
		return goja.Undefined()
	}
	return vm.ToValue(func() goja.Value { return moment.New(&native.Env{VM: vm}) })
}

func compare(t *testing.T, codes, got, want []string, wanted map[string]bool) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%d answers, recorded are %d", len(got), len(want))
	}
	same, differs := 0, 0
	for i := range got {
		if want[i] == "undefined" && strings.Contains(codes[i], "return") {
			t.Errorf("%s\n compares nothing: its answer is undefined", codes[i])
		}
		switch {
		case got[i] == want[i]:
			same++
		case wanted[codes[i]]:
			differs++
		default:
			t.Errorf("%s\n got %s\nwant %s", codes[i], got[i], want[i])
		}
	}
	t.Logf("%d of %d the same, %d differ on purpose", same, len(got), differs)
}

func differences(t *testing.T) map[string]bool {
	t.Helper()
	data, err := os.ReadFile("testdata/differences.txt")
	if err != nil {
		t.Fatal(err)
	}
	list := map[string]bool{}
	for line := range strings.Lines(string(data)) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			list[line] = true
		}
	}
	return list
}
