package moment_test

import (
	"testing"

	"github.com/dop251/goja"

	"posthaste/script/lib/moment"
	"posthaste/script/lib/native"
)

// BenchmarkRequire is the first require() in a new runtime, and with it the first moment, which makes English.
func BenchmarkRequire(b *testing.B) {
	for _, name := range []string{"module", "and a moment", "and a locale"} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				b.StopTimer()
				vm := goja.New()
				b.StartTimer()
				_ = vm.Set("moment", moment.New(&native.Env{VM: vm}))
				switch name {
				case "and a moment":
					_, _ = vm.RunString("moment.utc(0).format()")
				case "and a locale":
					_, _ = vm.RunString("moment.utc(0).locale('ru').format('LLLL')")
				}
			}
		})
	}
}

// BenchmarkUse is what scripts do with moments.
func BenchmarkUse(b *testing.B) {
	for name, code := range map[string]string{
		"now, format":         "moment().format('YYYY-MM-DD')",
		"parse ISO, add, ISO": "moment.utc('2024-01-31T10:20:30Z').add(1, 'month').toISOString()",
		"parse by format":     "moment('31/01/2024 10:20', 'DD/MM/YYYY HH:mm', true).isValid()",
		"diff, isBefore":      "a.diff(b, 'days') + a.isBefore(b, 'month')",
		"humanize":            "moment.duration(90, 'minutes').humanize()",
	} {
		b.Run(name, func(b *testing.B) {
			vm, m := newVM()
			_ = vm.Set("moment", m)
			if _, err := vm.RunString("var a = moment('2024-01-31'), b = moment('2023-05-05')"); err != nil {
				b.Fatal(err)
			}
			program := goja.MustCompile("", code, false)
			b.ReportAllocs()
			for b.Loop() {
				if _, err := vm.RunProgram(program); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
