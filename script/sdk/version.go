package sdk

import (
	"regexp"
	"strings"

	"github.com/dop251/goja"
)

func (s *SDK) versionClass() *class {
	semver := regexp.MustCompile(`^\s*[v=]*(\d+)\.(\d+)\.(\d+)(?:-([0-9A-Za-z.-]+))?(?:\+([0-9A-Za-z.-]+))?\s*$`)
	assign := func(o *goja.Object, v goja.Value) {
		if !isString(v) {
			for _, key := range []string{"raw", "major", "minor", "patch", "prerelease", "build", "string"} {
				from := key
				if key == "string" {
					from = "version"
				}
				set(o, key, field(v, from))
			}
			return
		}
		raw := text(v)
		m := semver.FindStringSubmatch(raw)
		if m == nil {
			for _, key := range []string{"raw", "major", "minor", "patch", "prerelease", "build", "string"} {
				set(o, key, goja.Undefined())
			}
			return
		}
		set(o, "raw", v)
		for i, key := range []string{"major", "minor", "patch"} {
			set(o, key, s.vm.ToValue(m[i+1]).ToNumber())
		}
		for i, key := range []string{"prerelease", "build"} { // an empty array when there is none
			set(o, key, s.vm.NewArray())
			if m[4+i] != "" {
				set(o, key, s.vm.ToValue(strings.ReplaceAll(m[4+i], ".", ",")))
			}
		}
		version := strings.Join(m[1:4], ".")
		if m[4] != "" {
			version += "-" + m[4]
		}
		set(o, "string", s.vm.ToValue(version))
	}
	return &class{
		parent: "PropertyBase", label: "PostmanPropertyVersion",
		init: func(o *goja.Object, a args) {
			if truthy(a.at(0)) {
				assign(o, a.at(0))
			}
		},
		methods: []method{
			{"set", 1, func(this *goja.Object, a args) goja.Value {
				assign(this, a.at(0))
				return nil
			}},
			{"toString", 0, func(this *goja.Object, _ args) goja.Value {
				if v := get(this, "string"); truthy(v) {
					return v
				}
				return get(this, "raw")
			}},
		},
	}
}
