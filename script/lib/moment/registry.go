package moment

import (
	"slices"
	"strings"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/moment/facts"
)

// A registry holds the locales by name, and what follows from them.
type registry struct {
	base     *goja.Object            // the configuration that all others begin with
	locales  map[string]*goja.Object // nil under a name that was asked for and is not known
	order    []string
	loaded   map[string]bool     // the recorded ones that were made
	waiting  map[string][]orphan // locales that were defined before their parent
	global   *goja.Object
	lists    map[*goja.Object]map[string][]string
	patterns map[string]*goja.Object
}

// An orphan is a locale that waits for its parent. moment lets a child be defined first.
type orphan struct {
	name   string
	config goja.Value
}

// newRegistry is empty; English comes with the first use.
func newRegistry() registry {
	return registry{
		locales: map[string]*goja.Object{}, loaded: map[string]bool{}, waiting: map[string][]orphan{},
		lists: map[*goja.Object]map[string][]string{}, patterns: map[string]*goja.Object{},
	}
}

// put adds a locale or replaces it, at its old place in the order.
func (r *registry) put(name string, lc *goja.Object) {
	if _, ok := r.locales[name]; !ok {
		r.order = append(r.order, name)
	}
	r.locales[name] = lc
}

// remove forgets a name.
func (r *registry) remove(name string) {
	delete(r.locales, name)
	r.order = slices.DeleteFunc(r.order, func(n string) bool { return n == name })
}

// current is the global locale. English is made when it is first needed: most scripts need no
// other.
func (l *library) current() *goja.Object {
	r := &l.registry
	if r.global == nil {
		r.base = l.recorded("base")
		r.global = l.newLocale(l.merge(r.base, l.recorded("en")))
		r.put("en", r.global)
	}
	return r.global
}

// locale finds a locale by what a script names it with: a name, a list of names, a moment or
// nothing. It always finds one: the global one stands for those that are not known.
func (l *library) locale(key goja.Value) locale {
	if o := jsvalue.Object(key); o != nil {
		if of := jsvalue.Object(o.Get("_locale")); of != nil && truthy(of.Get("_abbr")) {
			key = of.Get("_abbr")
		}
	}
	if !truthy(key) {
		return locale{l, l.current()}
	}
	l.current()
	if !isArray(key) {
		name := l.str(key)
		if lc := l.load(name); lc != nil {
			return locale{l, lc}
		}
		return locale{l, l.choose([]string{name})}
	}
	names := make([]string, lengthOf(key))
	for i := range names {
		names[i] = l.str(item(key, i))
	}
	return locale{l, l.choose(names)}
}

// load finds a locale by its exact name, and makes it of the recorded facts where it is one
// of theirs. nil is a name that is not known. A locale that moment has and this library has
// not throws: dates in the wrong language would go unnoticed.
func (l *library) load(name string) *goja.Object {
	r := &l.registry
	if lc, ok := r.locales[name]; ok || strings.ContainsAny(name, `/\`) {
		return lc
	}
	if r.loaded[name] {
		return nil // taken away with null: Node runs the file of a locale once
	}
	if config := l.recorded(name); config != nil && name != "base" && name != "en" {
		r.loaded[name] = true
		lc := l.newLocale(l.merge(r.base, config))
		r.put(name, lc)
		l.release(name)
		return lc
	}
	if facts.Missing(name) {
		l.env.Throw("Error", "moment: the locale \""+name+"\" is not built in. Built in are "+strings.Join(facts.Names(), ", ")+
			". With --packages, pm.require('npm:moment@2.29.4') gives moment as npm has it")
	}
	r.put(name, nil)
	return nil
}

// choose takes the first of several names that is known, if need be by the beginning of a
// name: "en-au-x" is "en-au" (moment: chooseLocale).
func (l *library) choose(names []string) *goja.Object {
	normal := func(i int) []string {
		if i >= len(names) || names[i] == "" {
			return nil
		}
		return strings.Split(strings.Replace(strings.ToLower(names[i]), "_", "-", 1), "-")
	}
	for i := range names {
		l.pause()
		split, next := normal(i), normal(i+1)
		for j := len(split); j > 0; j-- {
			if lc := l.load(strings.Join(split[:j], "-")); lc != nil {
				return lc
			}
			if next != nil && len(next) >= j && common(split, next) >= j-1 {
				break // the next name says more about the same language
			}
		}
	}
	return l.current()
}

// common is how many parts two names begin with alike.
func common(a, b []string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

// use is moment.locale(…): it sets the global locale where a name is given, and returns its
// name. With a configuration it defines the locale.
func use(l *library, _ *goja.Object, a args) goja.Value {
	if truthy(a.at(0)) {
		if isUndefined(a.at(1)) {
			l.registry.global = l.locale(a.at(0)).o
		} else if lc := l.define(l.str(a.at(0)), a.at(1)); lc != nil {
			l.registry.global = lc
		} else {
			l.warnAlways("Locale " + l.str(a.at(0)) + " not found. Did you forget to load it?")
		}
	}
	return jsvalue.Get(l.current(), "_abbr")
}

// configOf is the configuration of a known locale, nil without.
func (l *library) configOf(name string) *goja.Object {
	if lc := l.registry.locales[name]; lc != nil {
		return jsvalue.Object(lc.Get("_config"))
	}
	return nil
}

// define is moment.defineLocale; nil is for a locale that waits for its parent, or was taken
// away by null. It becomes the global locale, and a warning is given where it existed.
func (l *library) define(name string, config goja.Value) *goja.Object {
	l.current()
	r := &l.registry
	if goja.IsNull(config) {
		r.remove(name)
		return nil
	}
	child := jsvalue.Object(config)
	if child == nil {
		if isNullish(config) {
			l.env.Throw("TypeError", "Cannot set properties of undefined (setting 'abbr')")
		}
		l.env.Throw("TypeError", "Cannot create property 'abbr' on "+jsvalue.TypeOf(config)+" '"+l.str(config)+"'")
	}
	_ = child.Set("abbr", name)
	parent := r.base
	if of := l.configOf(name); of != nil {
		l.deprecateSimple("defineLocaleOverride", "use moment.updateLocale(localeName, config) to change an existing locale. "+
			"moment.defineLocale(localeName, config) should only be used for creating a new locale "+
			"See http://momentjs.com/guides/#/warnings/define-locale/ for more info.")
		parent = of
	} else if p := child.Get("parentLocale"); !jsvalue.IsNullish(p) {
		from := l.str(p)
		if parent = l.configOf(from); parent == nil && l.load(from) != nil {
			parent = l.configOf(from)
		}
		if parent == nil {
			r.waiting[from] = append(r.waiting[from], orphan{name, config})
			return nil
		}
	}
	lc := l.newLocale(l.merge(parent, child))
	r.put(name, lc)
	l.release(name)
	r.global = lc
	return lc
}

// release defines the locales that have waited for a parent.
func (l *library) release(parent string) {
	list := l.registry.waiting[parent]
	for _, w := range list {
		l.define(w.name, w.config)
	}
}

// update is moment.updateLocale: changes of a locale, which null takes back. The locale
// before is kept as parentLocale.
func (l *library) update(name string, config goja.Value) goja.Value {
	l.current()
	r := &l.registry
	known := r.locales[name]
	nested := known != nil && !jsvalue.IsNullish(known.Get("parentLocale"))
	switch {
	case jsvalue.IsNullish(config):
		if nested {
			r.put(name, known.Get("parentLocale").(*goja.Object))
			if l.str(r.global.Get("_abbr")) == name {
				r.global = r.locales[name]
			}
		} else if known != nil {
			r.remove(name)
		}
	case nested:
		l.configure(known, l.merge(jsvalue.Object(known.Get("_config")), config.ToObject(l.vm)))
		r.global = known
	default:
		parent := r.base
		old := l.load(name)
		if old != nil {
			parent = jsvalue.Object(old.Get("_config"))
		}
		merged := l.merge(parent, config.ToObject(l.vm))
		if old == nil {
			_ = merged.Set("abbr", name)
		}
		lc := l.newLocale(merged)
		if old = r.locales[name]; old != nil {
			_ = lc.Set("parentLocale", old)
		} else {
			_ = lc.Set("parentLocale", goja.Null())
		}
		r.put(name, lc)
		r.global = lc
	}
	if lc := r.locales[name]; lc != nil {
		return lc
	}
	return goja.Undefined()
}

// newLocale makes a locale of its whole configuration.
func (l *library) newLocale(config *goja.Object) *goja.Object {
	o := l.vm.CreateObject(l.locales)
	l.configure(o, config)
	return o
}

// configure is the method set of a locale: functions become methods, all else fields with
// "_". Lists that followed from the old configuration are forgotten.
func (l *library) configure(o *goja.Object, config goja.Value) {
	delete(l.registry.lists, o)
	entries(jsvalue.Object(config), func(key string, v goja.Value) {
		if !isFunction(v) {
			key = "_" + key
		}
		_ = o.Set(key, v)
	})
	_ = o.Set("_config", config)
	source := jsvalue.Field(o.Get("_dayOfMonthOrdinalParse"), "source")
	if !truthy(source) {
		source = jsvalue.Field(o.Get("_ordinalParse"), "source")
	}
	_ = o.Set("_dayOfMonthOrdinalParseLenient", l.newRegexp(l.str(source)+`|\d{1,2}`, ""))
}

// merge is a configuration with changes: objects in it are merged one level deep, and null
// takes a key away (moment: mergeConfigs). Neither argument is changed.
func (l *library) merge(parent, child *goja.Object) *goja.Object {
	res := l.vm.NewObject()
	copyInto := func(to *goja.Object, from goja.Value) {
		entries(from.ToObject(l.vm), func(key string, v goja.Value) { _ = to.Set(key, v) })
	}
	copyInto(res, parent)
	entries(child, func(key string, v goja.Value) {
		switch old := parent.Get(key); {
		case isPlain(old) && isPlain(v):
			both := l.vm.NewObject()
			copyInto(both, old)
			copyInto(both, v)
			_ = res.Set(key, both)
		case !jsvalue.IsNullish(v):
			_ = res.Set(key, v)
		default:
			_ = res.Delete(key)
		}
	})
	changed := map[string]bool{}
	entries(child, func(key string, _ goja.Value) { changed[key] = true })
	entries(parent, func(key string, v goja.Value) {
		if isPlain(v) && !changed[key] {
			copied := l.vm.NewObject()
			copyInto(copied, v)
			_ = res.Set(key, copied)
		}
	})
	return res
}

// listLocales gives the names in the order in which they came.
func listLocales(l *library, _ *goja.Object, _ args) goja.Value {
	l.current()
	return l.strings(l.registry.order)
}
