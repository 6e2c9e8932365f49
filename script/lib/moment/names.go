package moment

import (
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/dop251/goja"
	"golang.org/x/text/cases"
	"golang.org/x/text/language"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/moment/token"
)

// A naming is the names of months or of weekdays of one length. The names of its fields are
// those that plugins look for.
type naming struct {
	method string // of the locale, which gives a name
	exact  string // the token that asks for this length
	regexp string // the field with the pattern of these names
}

// A family is all names of one thing: months have two lengths, weekdays three.
type family struct {
	count   int
	exact   string   // the field that says that names are compared letter by letter
	namings []naming // long, short, shortest
	parse   string   // the field of a locale's own patterns
}

// monthFamily is that of months.
func monthFamily() family {
	return family{12, "_monthsParseExact", []naming{{"months", "MMMM", "_months"}, {"monthsShort", "MMM", "_monthsShort"}}, "_monthsParse"}
}

// weekdayFamily is that of weekdays.
func weekdayFamily() family {
	return family{7, "_weekdaysParseExact", []naming{
		{"weekdays", "dddd", "_weekdays"}, {"weekdaysShort", "ddd", "_weekdaysShort"}, {"weekdaysMin", "dd", "_weekdaysMin"},
	}, "_weekdaysParse"}
}

// familyOf finds the names that a method like monthsShortRegex is about, and their place in
// the family; -1 for any other method.
func familyOf(method string) (family, int) {
	for _, f := range []family{monthFamily(), weekdayFamily()} {
		for i, n := range f.namings {
			if n.method+"Regex" == method {
				return f, i
			}
		}
	}
	return family{}, -1
}

// names asks a locale for all names of one length, as they stand alone. A locale with
// functions is asked by moments, one for each name; the year 2000 is moment's choice.
func (lc locale) names(f family, i int) []string {
	method := f.namings[i].method
	if list := jsvalue.Object(lc.get("_" + method)); list != nil && lc.builtin(method) && isArray(list) {
		out := make([]string, f.count)
		for j := range out {
			out[j] = lc.l.str(item(list, j))
		}
		return out
	}
	out := make([]string, f.count)
	for j := range out {
		m := lc.l.createUTC(args{lc.l.vm.NewArray(2000, pick(f.count == 12, j, 1))})
		if f.count == 7 {
			instant{lc.l, m}.setWeekday(float64(j))
		}
		out[j] = lc.l.str(lc.invoke(method, m, lc.l.text("")))
	}
	return out
}

// sorted are the names with the longest first, of one length or, with i < 0, of all. A
// pattern of alternatives must try "Mayo" before "May".
func (lc locale) sorted(f family, i int) []string {
	var list []string
	if i >= 0 {
		list = lc.names(f, i)
	} else {
		all := make([][]string, len(f.namings))
		for k := range all {
			all[k] = lc.names(f, k)
		}
		for j := range f.count {
			for k := range all {
				if f.count == 7 {
					k = len(all) - 1 - k
				}
				list = append(list, all[k][j])
			}
		}
	}
	length := units
	if f.count == 7 {
		length = func(s string) int { return units(special().ReplaceAllString(s, `\$0`)) } // as moment sorts them
	}
	slices.SortStableFunc(list, func(a, b string) int { return length(b) - length(a) })
	return list
}

// matcher finds a name: by the method of the locale that gives a pattern, without making one
// where that is ours. Patterns of some hundred alternatives are slow in the engine.
func (lc locale) matcher(method string, strict bool) token.Matcher {
	if !lc.builtin(method) {
		return lc.pattern(lc.invoke(method, lc.l.vm.ToValue(strict)))
	}
	f, i := familyOf(method)
	if i < 0 || lc.ownPattern(f, i, strict) {
		return lc.pattern(lc.invoke(method, lc.l.vm.ToValue(strict)))
	}
	if !truthy(lc.get(f.exact)) {
		return token.Word
	}
	list := lc.cached(method+pick(strict, "!", ""), func() []string { return lc.sorted(f, pick(strict, i, -1)) })
	return func(s string) (string, bool) {
		for _, name := range list {
			if n := prefixFold(s, name); n > 0 {
				return s[:n], true
			}
		}
		return "", false
	}
}

// ownPattern says that the locale brings the pattern that is asked for, or has made it
// already. Then scripts may have changed it, and it is used.
func (lc locale) ownPattern(f family, i int, strict bool) bool {
	name := f.namings[i].regexp
	if truthy(lc.get(f.exact)) {
		return owns(lc.o, f.namings[0].regexp+"Regex")
	}
	return owns(lc.o, name+"Regex") || strict && truthy(lc.get(name+"StrictRegex"))
}

// fold is a letter as patterns that ignore case compare it (ECMA-262, Canonicalize): never
// from beyond ASCII into ASCII.
func fold(r rune) rune {
	u := unicode.ToUpper(r)
	if u < utf8.RuneSelf && r >= utf8.RuneSelf {
		return r
	}
	return u
}

// prefixFold is the length of the start of s that is name in any case, in bytes, 0 where it
// is not.
func prefixFold(s, name string) int {
	n := 0
	for _, r := range name {
		got, size := utf8.DecodeRuneInString(s[n:])
		if size == 0 || fold(got) != fold(r) {
			return 0
		}
		n += size
	}
	return n
}

// giveRegexp is a method like monthsShortRegex of a locale. Patterns are made when a script
// first asks, and kept in the fields that moment keeps them in.
func giveRegexp(method string) func(l *library, this *goja.Object, a args) goja.Value {
	return func(l *library, this *goja.Object, a args) goja.Value {
		lc, strict := locale{l, this}, truthy(a.at(0))
		f, i := familyOf(method)
		name := f.namings[i].regexp
		if truthy(lc.get(f.exact)) {
			if !owns(this, f.namings[0].regexp+"Regex") {
				lc.makePatterns(f)
			}
			return lc.get(name + pick(strict, "StrictRegex", "Regex"))
		}
		if !owns(this, name+"Regex") {
			_ = this.Set(name+"Regex", l.newRegexp(wordPattern, "i"))
		}
		if v := lc.get(name + "StrictRegex"); strict && truthy(v) {
			return v
		}
		return lc.get(name + "Regex")
	}
}

// wordPattern is what a name may look like where a locale says nothing more exact, for
// scripts that ask. It is moment's matchWord, letter by letter; token.Word does the same in
// Go.
const wordPattern = `[0-9]{0,256}['a-z\u00A0-\u05FF\u0700-\uD7FF\uF900-\uFDCF\uFDF0-\uFF07\uFF10-\uFFEF]{1,256}|[\u0600-\u06FF\/]{1,256}(\s*?[\u0600-\u06FF]{1,256}){1,2}`

// makePatterns makes the patterns of all names of a family: one for any length, and a strict
// one for each.
func (lc locale) makePatterns(f family) {
	any := lc.l.newRegexp("^("+alternatives(lc.sorted(f, -1))+")", "i")
	for i, n := range f.namings {
		_ = lc.o.Set(n.regexp+"Regex", any)
		_ = lc.o.Set(n.regexp+"StrictRegex", lc.l.newRegexp("^("+alternatives(lc.sorted(f, i))+")", "i"))
	}
}

// special are the characters that mean something in a pattern.
var special = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`[-/\\^$*+?.()|[\]{}]`) })

// alternatives joins texts to a pattern that matches any of them.
func alternatives(list []string) string {
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = special().ReplaceAllString(s, `\$0`)
	}
	return strings.Join(out, "|")
}

// lower is toLocaleLowerCase, for names. ASCII needs no tables.
func lower(s string) string {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return cases.Lower(language.Und).String(s)
		}
	}
	return strings.ToLower(s)
}

// parseName is monthsParse and weekdaysParse: the number of the month or weekday with a name,
// undefined or null if missing. The second argument is the token, which says the
// length when strict.
func parseName(f family) func(l *library, this *goja.Object, a args) goja.Value {
	return func(l *library, this *goja.Object, a args) goja.Value {
		lc, name, strict := locale{l, this}, l.str(a.at(0)), truthy(a.at(2))
		asked := slices.IndexFunc(f.namings, func(n naming) bool { return n.exact == l.str(a.at(1)) })
		if truthy(lc.get(f.exact)) {
			return lc.parseExact(f, name, asked, strict)
		}
		for j := range f.count {
			if lc.is(f, j, name, asked, strict) {
				return l.vm.ToValue(j)
			}
		}
		return goja.Undefined()
	}
}

// parseExact compares whole names: those of the length that was asked for first, and then, if
// not strict, the others. The order is moment's and decides where a name is in two lists.
func (lc locale) parseExact(f family, name string, asked int, strict bool) goja.Value {
	name = lower(name)
	order := []int{len(f.namings) - 1, 0, 1}[:len(f.namings)]
	if f.count == 12 {
		order = []int{0, 1}
		if asked == 1 {
			order = []int{1, 0}
		}
	} else if asked == 0 {
		order = []int{0, 1, 2}
	} else if asked == 1 {
		order = []int{1, 0, 2}
	}
	if strict {
		order = order[:1]
	}
	for _, i := range order {
		list := lc.cached("lower"+f.namings[i].method, func() []string {
			names := lc.names(f, i)
			for j := range names {
				names[j] = lower(names[j])
			}
			return names
		})
		if j := slices.Index(list, name); j >= 0 {
			return lc.l.vm.ToValue(j)
		}
	}
	return goja.Null()
}
