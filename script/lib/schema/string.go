package schema

import (
	"unicode/utf8"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
)

func (c site) maxLength(string) check {
	return c.count("maxLength", "be longer", "characters", true, c.characters)
}

func (c site) minLength(string) check {
	return c.count("minLength", "be shorter", "characters", false, c.characters)
}

// characters counts code points, or UTF-16 units with the option unicode: false.
func (c site) characters(v goja.Value) int {
	text, ok := v.(goja.String)
	if ok && c.opts.noUnicode {
		return text.Length()
	}
	return utf8.RuneCountInString(v.String())
}

// pattern looks for a match anywhere in the text, as regular expressions of JavaScript do.
func (c site) pattern(string) check {
	source := jsvalue.Field(c.schema, "pattern")
	re := c.in.pattern(source.String())
	return func(r *run, s *spot) bool {
		return c.in.matches(re, s.value) || c.fail(r, s, report{
			keyword: "pattern", message: `should match pattern "` + source.String() + `"`,
			params: []param{{"pattern", source}},
		})
	}
}

// format makes the check of a format for data of kind. It is compiled in each group of types,
// and is nil in those that the format is not for. An unknown format throws, as in ajv 6.
func (c site) format(kind string) check {
	if c.opts.noFormats {
		return nil
	}
	name := jsvalue.Field(c.schema, "format")
	f, ok := c.in.formats[name.String()]
	if !ok {
		switch {
		case c.opts.ignoreUnknownFormats:
			c.in.warn(`unknown format "` + name.String() + `" ignored in schema at path "` + c.path + `"`)
		case !c.opts.knownFormats[name.String()]:
			c.in.fail(`unknown format "` + name.String() + `" is used in schema at path "` + c.path + `"`)
		}
		return nil
	}
	if f.kind != kind {
		return nil
	}
	return func(r *run, s *spot) bool {
		return f.fits(s.value) || c.fail(r, s, report{
			keyword: "format", message: `should match format "` + name.String() + `"`, params: []param{{"format", name}},
		})
	}
}
