package entity

import (
	"regexp"
	"strings"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/sdk/core"
)

// VersionClass describes Version: a semantic version taken apart, such as "1.2.3-beta.1+7". A
// other text clears all parts.
func VersionClass(s *core.SDK) *core.Class {
	// As loose as the semver module: blanks around it and "v" or "=" in front are allowed.
	semver := regexp.MustCompile(`^\s*[v=]*(\d+)\.(\d+)\.(\d+)(?:-([0-9A-Za-z.-]+))?(?:\+([0-9A-Za-z.-]+))?\s*$`)
	assign := func(o *goja.Object, v goja.Value) {
		// An object gives its own parts, unchecked. Its "version" is our "string".
		if !jsvalue.IsString(v) {
			for _, key := range []string{"raw", "major", "minor", "patch", "prerelease", "build", "string"} {
				from := key
				if key == "string" {
					from = "version"
				}
				core.Set(o, key, jsvalue.Field(v, from))
			}
			return
		}
		raw := core.Text(v)
		m := semver.FindStringSubmatch(raw)
		if m == nil {
			for _, key := range []string{"raw", "major", "minor", "patch", "prerelease", "build", "string"} {
				core.Set(o, key, goja.Undefined())
			}
			return
		}
		core.Set(o, "raw", v)
		for i, key := range []string{"major", "minor", "patch"} {
			core.Set(o, key, s.VM.ToValue(m[i+1]).ToNumber())
		}
		for i, key := range []string{"prerelease", "build"} { // an empty array when the version has no such part
			core.Set(o, key, s.VM.NewArray())
			if m[4+i] != "" {
				core.Set(o, key, s.VM.ToValue(strings.ReplaceAll(m[4+i], ".", ",")))
			}
		}
		version := strings.Join(m[1:4], ".")
		if m[4] != "" {
			version += "-" + m[4]
		}
		core.Set(o, "string", s.VM.ToValue(version))
	}
	return &core.Class{
		Parent: "PropertyBase", Label: "PostmanPropertyVersion",
		Init: func(o *goja.Object, a core.Args) {
			if jsvalue.Truthy(a.At(0)) {
				assign(o, a.At(0))
			}
		},
		Methods: []core.Method{
			{Name: "set", Length: 1, Fn: func(this *goja.Object, a core.Args) goja.Value {
				assign(this, a.At(0))
				return nil
			}},
			{Name: "toString", Length: 0, Fn: func(this *goja.Object, _ core.Args) goja.Value {
				if v := jsvalue.Get(this, "string"); jsvalue.Truthy(v) {
					return v
				}
				return jsvalue.Get(this, "raw")
			}},
		},
	}
}
