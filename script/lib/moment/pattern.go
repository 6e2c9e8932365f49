package moment

import (
	"strings"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/moment/token"
)

// newRegexp makes a RegExp; what is no pattern throws into the script.
func (l *values) newRegexp(source, flags string) *goja.Object {
	o, err := l.vm.New(l.regexp, l.text(source), l.text(flags))
	l.env.Check(err)
	return o
}

// pattern is a RegExp of a locale as a matcher. It is matched by the engine, since its syntax
// is JavaScript's.
func (lc locale) pattern(re goja.Value) token.Matcher {
	return func(s string) (string, bool) {
		m, err := lc.l.match(lc.l.text(s), jsvalue.OrUndefined(re))
		lc.l.env.Check(err)
		if o := jsvalue.Object(m); o != nil {
			return lc.l.str(o.Get("0")), true
		}
		return "", false
	}
}

// test is re.test(s), as scripts see the method.
func (l *values) test(re, s goja.Value) bool {
	o := re.ToObject(l.vm)
	return truthy(l.call(o.Get("test"), o, s))
}

// is says whether the month or weekday j has a name, by a pattern of its names. The names
// stand in the pattern as they are, so what is special there has its effect; a dot at the end
// may be missing. Names without such characters are compared in Go.
func (lc locale) is(f family, j int, name string, asked int, strict bool) bool {
	if strict {
		return asked >= 0 && lc.isStrictly(f, j, name, asked)
	}
	if v := lc.own(f.parse, j); v != nil {
		return lc.l.test(v, lc.l.text(name))
	}
	key := f.parse
	list := lc.cached(key, func() []string {
		var all []string
		for i := range f.namings {
			all = append(all, lc.names(f, i)...)
		}
		return all
	})
	source := ""
	plain := true
	for i := range f.namings {
		n := list[i*f.count+j]
		plain = plain && !special().MatchString(n)
		if plain && prefixFold(name, n) > 0 || n == "" {
			return true
		}
		source += pick(i > 0, "|", "") + "^" + n
	}
	if plain {
		return false
	} // only the first dot goes, as in moment
	return lc.l.test(lc.compiled(strings.Replace(source, ".", "", 1)), lc.l.text(name))
}

// strictFields are where a locale has its own strict patterns, by length.
func strictFields(f family) []string {
	if f.count == 12 {
		return []string{"_longMonthsParse", "_shortMonthsParse"}
	}
	return []string{"_fullWeekdaysParse", "_shortWeekdaysParse", "_minWeekdaysParse"}
}

// isStrictly is is for one length of names, whole. The lists of all lengths are made before,
// as in moment, where a locale's functions would see the calls.
func (lc locale) isStrictly(f family, j int, name string, asked int) bool {
	if v := lc.own(strictFields(f)[asked], j); v != nil {
		return lc.l.test(v, lc.l.text(name))
	}
	var list []string
	for i := range f.namings {
		if names := lc.cached("strict"+f.namings[i].method, func() []string { return lc.names(f, i) }); i == asked {
			list = names
		}
	}
	if n := list[j]; !special().MatchString(n) {
		return len(name) == prefixFold(name, n)
	}
	source := strings.Replace(list[j], ".", pick(f.count == 12, "", `\.?`), 1)
	return lc.l.test(lc.compiled("^"+source+"$"), lc.l.text(name))
}

// own is a locale's own pattern of a month or weekday; nil if missing.
func (lc locale) own(field string, j int) goja.Value {
	if list := jsvalue.Object(lc.get(field)); list != nil {
		if v := item(list, j); truthy(v) {
			return v
		}
	}
	return nil
}

// compiled keeps patterns of names. There are as many as names that need one, which is few.
func (lc locale) compiled(source string) *goja.Object {
	cache := lc.l.registry.patterns
	if cache[source] == nil {
		cache[source] = lc.l.newRegexp(source, "i")
	}
	return cache[source]
}
