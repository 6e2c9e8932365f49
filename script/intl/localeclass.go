package intl

import (
	"maps"
	"strings"

	"github.com/dop251/goja"

	"posthaste/script/intl/cldr"
	"posthaste/script/jsvalue"
)

// localeClass makes Intl.Locale, whose state is the tag itself. Locales are immutable, so
// maximize and minimize make new ones.
func (l *Intl) localeClass() *goja.Object {
	const name = "Intl.Locale.prototype."
	class, proto := l.newClass("Locale", false, func(tag, v goja.Value) any { return l.newLocale(tag, v) })
	_ = class.DefineDataProperty("length", l.vm.ToValue(1), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	getter := func(key string, read func(t *cldr.Tag) any) {
		l.env.Getter(proto, key, false, func(this goja.Value) goja.Value {
			if v := read(stateOf[*cldr.Tag](l, this, name+key)); v != nil {
				return l.vm.ToValue(v)
			}
			return goja.Undefined()
		})
	}
	orNone := func(text string) any {
		if text == "" {
			return nil
		}
		return text
	}
	getter("baseName", func(t *cldr.Tag) any { return t.Base() })
	getter("language", func(t *cldr.Tag) any { return t.Language })
	getter("script", func(t *cldr.Tag) any { return orNone(t.Script) })
	getter("region", func(t *cldr.Tag) any { return orNone(t.Region) })
	// Each reads a Unicode keyword of the tag (UTS 35, 3.6).
	for key, short := range map[string]string{"calendar": "ca", "caseFirst": "kf", "collation": "co", "hourCycle": "hc", "numberingSystem": "nu"} {
		getter(key, func(t *cldr.Tag) any {
			v, ok := t.Unicode[short]
			if !ok {
				return nil
			}
			return v
		})
	}
	getter("numeric", func(t *cldr.Tag) any {
		v, ok := t.Unicode["kn"]
		return ok && (v == "" || v == "true" || v == "yes")
	})
	method := func(key string, fn func(t *cldr.Tag) goja.Value) {
		l.env.Method(proto, key, 0, func(call goja.FunctionCall) goja.Value {
			return fn(stateOf[*cldr.Tag](l, call.This, name+key))
		})
	}
	method("toString", func(t *cldr.Tag) goja.Value { return l.vm.ToValue(t.String()) })
	again := func(t cldr.Tag) goja.Value {
		o := l.vm.NewObject()
		_ = o.SetPrototype(proto)
		l.keep(o, &t)
		return o
	}
	method("maximize", func(t *cldr.Tag) goja.Value { return again(cldr.Maximize(*t)) })
	method("minimize", func(t *cldr.Tag) goja.Value { return again(cldr.Minimize(*t)) })
	return class
}

// newLocale makes the tag of new Intl.Locale(given, options). Options replace what the tag
// says. Wrong options throw a RangeError.
func (l *Intl) newLocale(given, v goja.Value) *cldr.Tag {
	t := l.givenTag(given)
	opts := l.optionsOf(v, "Intl.Locale", false)
	// An option is checked by building a tag with it alone: "und-" stands for any language.
	part := func(key string, set func(text string, n cldr.Tag), build func(text string) string) {
		if raw := opts.get(key); !goja.IsUndefined(raw) {
			text := raw.ToString().String()
			n, ok := cldr.Valid(build(text))
			if !ok {
				l.rangeError("Incorrect locale information provided")
			}
			set(text, n)
		}
	}
	part("language", func(_ string, n cldr.Tag) { t.Language = n.Language }, func(s string) string { return s })
	part("script", func(_ string, n cldr.Tag) { t.Script = n.Script }, func(s string) string { return "und-" + s })
	part("region", func(_ string, n cldr.Tag) { t.Region = n.Region }, func(s string) string { return "und-" + s })
	t = t.Canonical()
	kept := map[string]string{} // the tag may be another locale's, whose keywords must stay
	maps.Copy(kept, t.Unicode)
	t.Unicode = kept
	l.unicodeOptions(&t, opts)
	return &t
}

// givenTag is the tag that a locale begins with: another locale's, or a text's. Numbers and
// undefined are refused.
func (l *Intl) givenTag(given goja.Value) cldr.Tag {
	o, isObject := given.(*goja.Object)
	if !isObject && !goja.IsString(given) {
		l.env.Throw("TypeError", "First argument to Intl.Locale constructor can't be empty or missing")
	}
	if !isObject {
		return l.parse(given.String())
	}
	if held, ok := l.tagOf(o); ok {
		return held
	}
	return l.parse(o.ToString().String())
}

// unicodeOptions reads the options that become Unicode keywords of the tag, in the order in
// which V8 reads them: scripts can see it, since an option may be a getter.
func (l *Intl) unicodeOptions(t *cldr.Tag, opts options) {
	typed := func(key, short string) {
		if text := opts.text(key, ""); text != "" || !goja.IsUndefined(opts.get(key)) {
			if !wellFormedType(text) {
				l.rangeError("Incorrect locale information provided")
			}
			t.Unicode[short] = strings.ToLower(text)
		}
	}
	typed("calendar", "ca")
	typed("collation", "co")
	if hc := opts.text("hourCycle", "", "h11", "h12", "h23", "h24"); hc != "" {
		t.Unicode["hc"] = hc
	}
	if kf := opts.text("caseFirst", "", "upper", "lower", "false"); kf != "" {
		t.Unicode["kf"] = kf
	}
	if kn, set := opts.boolean("numeric"); set {
		t.Unicode["kn"] = map[bool]string{true: "", false: "false"}[kn] // "" is how a true keyword is written
	}
	typed("numberingSystem", "nu")
}

// A displayNames is the state of an Intl.DisplayNames. kind is the option type.
type displayNames struct {
	locale, style, kind, fallback, language string
	data                                    *cldr.Locale
}

// displayNamesClass makes Intl.DisplayNames. Its options are required, unlike those of the
// older classes.
func (l *Intl) displayNamesClass() *goja.Object {
	const name = "Intl.DisplayNames.prototype."
	class, proto := l.newClass("DisplayNames", false, func(locales, v goja.Value) any {
		r := l.resolve(locales)
		if v == nil || goja.IsUndefined(v) || jsvalue.Object(v) == nil {
			l.env.Throw("TypeError", "invalid_argument")
		}
		o := l.optionsOf(v, "Intl.DisplayNames", true)
		o.text("localeMatcher", "best fit", "lookup", "best fit")
		d := &displayNames{locale: r.tag, data: r.data}
		d.style = o.text("style", "long", "narrow", "short", "long")
		d.kind = o.text("type", "", "language", "region", "script", "currency", "calendar", "dateTimeField")
		if d.kind == "" {
			l.env.Throw("TypeError", "invalid_argument")
		}
		d.fallback = o.text("fallback", "code", "code", "none")
		d.language = o.text("languageDisplay", "dialect", "dialect", "standard")
		return d
	})
	_ = class.DefineDataProperty("length", l.vm.ToValue(2), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	l.env.Method(proto, "of", 1, func(call goja.FunctionCall) goja.Value {
		d := stateOf[*displayNames](l, call.This, name+"of")
		code := call.Argument(0).ToString().String()
		// Without a name the code itself is shown in its canonical form, unless the fallback
		// is "none".
		text, shown := l.nameOf(d, code)
		if text == "" {
			if d.fallback == "none" {
				return goja.Undefined()
			}
			text = shown
		}
		return l.vm.ToValue(text)
	})
	l.env.Method(proto, "resolvedOptions", 0, func(call goja.FunctionCall) goja.Value {
		d := stateOf[*displayNames](l, call.This, name+"resolvedOptions")
		o := l.record("locale", d.locale, "style", d.style, "type", d.kind, "fallback", d.fallback)
		if d.kind == "language" {
			_ = o.Set("languageDisplay", d.language)
		}
		return o
	})
	return class
}

// nameOf finds the name of a code, and the code in its canonical form. The name is "" where
// the data has none; a code that is malformed throws.
func (l *Intl) nameOf(d *displayNames, code string) (name, canonical string) {
	bad := func() { l.rangeError("invalid_argument") }
	// Shorter names stand beside the long ones and exist for few codes.
	alts := func(key string) string {
		if d.style != "long" {
			if text := d.data.Text(key + "-alt-short"); text != "" {
				return text
			}
		}
		return d.data.Text(key)
	}
	switch d.kind {
	case "currency":
		canonical = strings.ToUpper(code)
		if len(code) != 3 || strings.Trim(canonical, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" {
			bad()
		}
		return d.data.Text("cu." + canonical + ".name"), canonical // whatever the style, as V8 has it
	case "region":
		t, ok := cldr.Valid("und-" + code)
		if !ok || t.Region == "" || t.Base() != "und-"+t.Region {
			bad()
		}
		return alts("nr." + t.Region), t.Region
	case "script":
		t, ok := cldr.Valid("und-" + code)
		if !ok || t.Script == "" || t.Base() != "und-"+t.Script {
			bad()
		}
		return d.data.First("ns."+t.Script+"-alt-stand-alone", "ns."+t.Script), t.Script
	case "calendar":
		canonical = strings.ToLower(code)
		if !wellFormedType(code) {
			bad()
		}
		key := map[string]string{"gregory": "gregorian", "ethioaa": "ethiopic-amete-alem"}[canonical]
		if key == "" {
			key = canonical
		}
		return d.data.Text("nc." + key), canonical
	case "dateTimeField":
		key, ok := map[string]string{
			"era": "era", "year": "year", "quarter": "quarter", "month": "month", "weekOfYear": "week", "weekday": "weekday", "day": "day",
			"dayPeriod": "dayperiod", "hour": "hour", "minute": "minute", "second": "second", "timeZoneName": "zone",
		}[code]
		if !ok {
			bad()
		}
		suffix := map[string]string{"short": "-short", "narrow": "-narrow"}[d.style]
		return d.data.First("fn."+key+suffix, "fn."+key), code
	}
	return l.languageName(d, code, alts)
}

// languageName names a language. By "dialect" a script or region that the data has a name for
// is part of the name: en-US is "American English", and "English (United States)" by
// "standard".
func (l *Intl) languageName(d *displayNames, code string, alts func(string) string) (name, canonical string) {
	t, ok := cldr.Valid(code)
	if !ok || len(t.Unicode)+len(t.Others)+len(t.Attributes) > 0 {
		l.rangeError("invalid_argument")
	}
	canonical = t.Canonical().String()
	language := ""
	rest := []string{}
	used := map[string]bool{}
	if d.language == "dialect" {
		// The longest combination first.
		for _, try := range [][2]string{{t.Script, t.Region}, {t.Script, ""}} {
			key := strings.Join(nonEmpty(t.Language, try[0], try[1]), "-")
			if key == t.Language {
				continue
			}
			if language = alts("nl." + key); language != "" {
				used[try[0]], used[try[1]] = true, true
				break
			}
		}
	}
	if language == "" {
		if language = alts("nl." + t.Language); language == "" {
			if t.Script == "" && t.Region == "" {
				return "", canonical
			}
			language = t.Language
		}
	}
	if t.Script != "" && !used[t.Script] {
		rest = append(rest, orElse(d.data.Text("ns."+t.Script), t.Script))
	}
	if t.Region != "" && !used[t.Region] {
		rest = append(rest, orElse(alts("nr."+t.Region), t.Region))
	}
	for _, v := range t.Variants {
		rest = append(rest, orElse(d.data.Text("nv."+strings.ToUpper(v)), strings.ToUpper(v)))
	}
	if len(rest) == 0 {
		return language, canonical
	}
	// Several additions are joined by the locale's separator, then put behind the language by
	// its pattern: "{0} ({1})".
	joined := rest[0]
	for _, r := range rest[1:] {
		joined = strings.NewReplacer("{0}", joined, "{1}", r).Replace(d.data.Text("np.separator"))
	}
	return strings.NewReplacer("{0}", language, "{1}", joined).Replace(d.data.Text("np.locale")), canonical
}

// nonEmpty keeps the order.
func nonEmpty(parts ...string) []string {
	var out []string
	for _, p := range parts {
		if p != "" {
			out = append(out, p)
		}
	}
	return out
}

// orElse is the first text that is not empty.
func orElse(text, fallback string) string {
	if text == "" {
		return fallback
	}
	return text
}

// segmenterClass makes a class that says that it is not there: nothing here knows where words
// end. Without the class, scripts would only see "undefined is not a constructor".
func (l *Intl) segmenterClass() *goja.Object {
	class, _ := l.newClass("Segmenter", false, func(goja.Value, goja.Value) any {
		l.rangeError("Intl.Segmenter is not there in posthaste")
		return nil
	})
	return class
}
