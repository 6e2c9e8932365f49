package intl

import (
	"slices"
	"strconv"
	"strings"

	"github.com/dop251/goja"

	"posthaste/script/intl/cldr"
	"posthaste/script/jsvalue"
)

// defaultLocale is the language of a machine that says nothing, as in a container. Runs must
// not depend on the machine.
const defaultLocale = "en-US"

// canonicalList reads the locales argument: a tag, a Locale or a list of them, each once and
// in canonical form (ECMA-402, CanonicalizeLocaleList). undefined is an empty list.
func (l *Intl) canonicalList(v goja.Value) []string {
	if v == nil || goja.IsUndefined(v) {
		return nil
	}
	if goja.IsString(v) {
		return []string{l.canonical(v)}
	}
	if goja.IsNull(v) {
		l.env.Throw("TypeError", "Cannot convert undefined or null to object")
	}
	o := v.ToObject(l.vm)
	if _, ok := l.tagOf(o); ok {
		return []string{l.canonical(o)}
	}
	length := o.Get("length")
	if length == nil {
		return nil
	}
	var out []string
	for i := range min(length.ToInteger(), 1000) { // nobody asks for more, and a length may be anything
		item := o.Get(strconv.FormatInt(i, 10))
		if item == nil {
			continue
		}
		if !goja.IsString(item) && jsvalue.Object(item) == nil {
			l.env.Throw("TypeError", "Language ID should be string or object.")
		}
		if tag := l.canonical(item); !slices.Contains(out, tag) {
			out = append(out, tag)
		}
	}
	return out
}

// tagOf is the tag that an Intl.Locale holds, and false for any other object.
func (l *Intl) tagOf(o *goja.Object) (cldr.Tag, bool) {
	if held := o.GetSymbol(l.state); held != nil {
		t, ok := held.Export().(*cldr.Tag)
		if ok {
			return *t, true
		}
	}
	return cldr.Tag{}, false
}

// canonical is the canonical form of one tag.
func (l *Intl) canonical(v goja.Value) string {
	if o := jsvalue.Object(v); o != nil {
		if t, ok := l.tagOf(o); ok {
			return t.String()
		}
	}
	return l.parse(v.ToString().String()).String()
}

// parse throws a RangeError for a text that is no language tag.
func (l *Intl) parse(text string) cldr.Tag {
	t, ok := cldr.Valid(text)
	if !ok {
		l.rangeError("Incorrect locale information provided")
	}
	return t.Canonical()
}

// available is the longest part of a tag that there is a locale of: "de-CH-1996" is served by
// "de-CH". "" when there is none (ECMA-402, BestAvailableLocale).
func available(base string) string {
	for base != "" {
		if cldr.Available(base) {
			return base
		}
		i := strings.LastIndexByte(base, '-')
		if i < 0 {
			return ""
		}
		base = base[:i]
	}
	return ""
}

// A resolved locale is what a formatter works in. ext are the keywords of the request that
// the formatter knows.
type resolved struct {
	tag  string // as resolvedOptions shows it, without extensions
	ext  map[string]string
	data *cldr.Locale
}

// resolve finds the locale for a request. keys are the keywords that the formatter knows. The
// first request that can be served counts; with none the default locale is used, as V8 does.
func (l *Intl) resolve(locales goja.Value, keys ...string) resolved {
	for _, request := range l.canonicalList(locales) {
		t := cldr.Parse(request)
		found := available(t.Base())
		if found == "" {
			continue
		}
		r := resolved{tag: found, ext: map[string]string{}, data: l.dataOf(found)}
		for _, key := range keys {
			if v, ok := t.Unicode[key]; ok {
				r.ext[key] = v
			}
		}
		return r
	}
	return resolved{tag: defaultLocale, ext: map[string]string{}, data: l.dataOf(defaultLocale)}
}

// dataOf loads the data of a locale, or throws: nothing is silently in another language. V8
// knows the locale, this program may not carry it.
func (l *Intl) dataOf(tag string) *cldr.Locale {
	d := cldr.Find(tag)
	if d == nil {
		l.rangeError("Intl has no data for the locale %s in posthaste; it has the languages %s", tag, strings.Join(cldr.CarriedLanguages(), ", "))
	}
	return d
}

// shown is the locale of resolvedOptions, with the keywords that took effect, such as
// "de-u-nu-latn".
func (r resolved) shown(effective map[string]string) string {
	t := cldr.Parse(r.tag)
	t.Unicode = effective
	return t.String()
}

// supported filters locales by what is carried. Their order stays.
func (l *Intl) supported(list []string, v goja.Value, owner string) []string {
	o := l.optionsOf(v, owner+".supportedLocalesOf", false)
	o.text("localeMatcher", "best fit", "lookup", "best fit")
	out := []string{}
	for _, tag := range list {
		if base := available(cldr.Parse(tag).Base()); base != "" && cldr.Carried(base) {
			out = append(out, tag)
		}
	}
	return out
}

// numbering resolves the numbering system: the option, the keyword nu, the locale's own. A
// system that is not known is ignored, as ECMA-402 says; a malformed one throws. effective
// holds nu when the tag decided.
func (l *Intl) numbering(o options, r resolved) (system string, effective map[string]string) {
	effective = map[string]string{}
	own := r.data.Text("ns")
	usable := func(name string) bool { _, ok := cldr.Rules().Digits[name]; return ok }
	system = own
	if nu := r.ext["nu"]; nu != "" {
		if usable(nu) {
			system, effective["nu"] = nu, nu
		}
	}
	if given := o.text("numberingSystem", ""); given != "" {
		if !wellFormedType(given) {
			l.rangeError("Invalid numberingSystem : %s", given)
		}
		if given = strings.ToLower(given); usable(given) {
			if system != given {
				delete(effective, "nu")
			}
			system = given
		}
	}
	return system, effective
}

// wellFormedType is a Unicode type: parts of 3 to 8 letters and digits, joined by hyphens.
func wellFormedType(text string) bool {
	for _, part := range strings.Split(text, "-") {
		if len(part) < 3 || len(part) > 8 {
			return false
		}
		for _, r := range part {
			if (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') {
				return false
			}
		}
	}
	return true
}
