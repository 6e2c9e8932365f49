package intl

import (
	"slices"
	"strings"

	"github.com/dop251/goja"
	"golang.org/x/text/collate"
	"golang.org/x/text/language"
)

// A collator is the state of an Intl.Collator. Three collations of x/text work together,
// because x/text has no strength between "accent" and "variant" and no order of cases.
type collator struct {
	locale, usage, sensitivity, collation, caseFirst string
	ignorePunctuation, numeric                       bool
	first                                            *collate.Collator // by the strength asked for
	letters, folded                                  *collate.Collator // by letters alone, by letters and accents
	scripts                                          []string          // that come before others
	bound                                            goja.Value
}

// collatorClass makes Intl.Collator. compare is one function for each collator, so that it
// can be handed to sort, as ECMA-402 demands of the getter.
func (l *Intl) collatorClass() *goja.Object {
	const name = "Intl.Collator.prototype."
	class, proto := l.newClass("Collator", true, func(locales, options goja.Value) any { return l.newCollator(locales, options) })
	l.env.Method(proto, "resolvedOptions", 0, func(call goja.FunctionCall) goja.Value {
		c := stateOf[*collator](l, call.This, name+"resolvedOptions")
		return l.record("locale", c.locale, "usage", c.usage, "sensitivity", c.sensitivity, "ignorePunctuation", c.ignorePunctuation,
			"collation", c.collation, "numeric", c.numeric, "caseFirst", c.caseFirst)
	})
	l.env.Getter(proto, "compare", false, func(this goja.Value) goja.Value {
		c := stateOf[*collator](l, this, "get "+name+"compare")
		if c.bound == nil {
			c.bound = l.env.Func("", 2, func(call goja.FunctionCall) goja.Value {
				return l.vm.ToValue(c.compare(call.Argument(0).ToString().String(), call.Argument(1).ToString().String()))
			})
		}
		return c.bound
	})
	return class
}

// newCollator reads the options in the order of the specification (ECMA-402, 10.1.2), since
// scripts can see it by getters. owner is the name in errors, where the caller is not the
// constructor.
func (l *Intl) newCollator(locales, v goja.Value, owner ...string) *collator {
	r := l.resolve(locales, "co", "kn", "kf")
	o := l.optionsOf(v, append(owner, "Intl.Collator")[0], false)
	c := &collator{collation: "default"}
	c.usage = o.text("usage", "sort", "sort", "search")
	o.text("localeMatcher", "best fit", "lookup", "best fit")
	// Keywords of the tag that no option overrides are shown in resolvedOptions.
	effective := map[string]string{}
	if given := o.text("collation", ""); given != "" && !wellFormedType(given) {
		l.rangeError("Invalid collation : %s", given)
	}
	// An option wins over the keyword in the tag.
	if kn, ok := r.ext["kn"]; ok && kn != "false" {
		c.numeric = true
		effective["kn"] = ""
	}
	if numeric, set := o.boolean("numeric"); set {
		if c.numeric != numeric {
			delete(effective, "kn")
		}
		c.numeric = numeric
	}
	c.caseFirst = "false"
	if kf := r.ext["kf"]; kf == "upper" || kf == "lower" {
		c.caseFirst, effective["kf"] = kf, kf
	}
	if kf := o.text("caseFirst", "", "upper", "lower", "false"); kf != "" {
		if kf != c.caseFirst {
			delete(effective, "kf")
		}
		c.caseFirst = kf
	} else if lang, _, _ := strings.Cut(r.tag, "-"); c.caseFirst == "false" && lang == "da" {
		c.caseFirst = "upper" // the one language whose order says so
	}
	c.sensitivity = o.text("sensitivity", "variant", "base", "accent", "case", "variant")
	c.ignorePunctuation, _ = o.boolean("ignorePunctuation")
	c.locale = r.shown(effective)
	tag := r.tag
	lang, _, _ := strings.Cut(tag, "-")
	if lang == "no" || lang == "nb" {
		tag = "nn" // one order, which x/text knows by the other name
	}
	if co := r.ext["co"]; slices.Contains(collations(lang), co) && c.usage == "sort" {
		c.collation, effective["co"] = co, co
		tag += "-u-co-" + co
		c.locale = r.shown(effective)
	}
	// Texts are searched by another order than they are sorted: German "ä" is found by "a".
	if c.usage == "search" {
		tag += "-u-co-search"
	}
	c.first = collate.New(language.Make(tag), c.options()...)
	c.folded = collate.New(language.Make(tag), collate.IgnoreCase, collate.IgnoreWidth)
	c.letters = collate.New(language.Make(tag), collate.IgnoreCase, collate.IgnoreDiacritics, collate.IgnoreWidth)
	c.scripts = scriptsOf(lang)
	return c
}

// collations are the further orders of a language, those that x/text knows by the keyword co.
// ca and vi have none: they are listed for their script.
func collations(language string) []string {
	switch language {
	case "de", "fi", "sv":
		return map[string][]string{"de": {"phonebk"}, "fi": {"trad"}, "sv": {"trad"}}[language]
	case "es", "vi", "ca":
		return map[string][]string{"es": {"trad"}}[language]
	case "zh":
		return []string{"pinyin", "stroke", "zhuyin", "unihan"}
	}
	return nil
}

// options translates the sensitivity into what x/text can leave out. "case" is compared a
// second time elsewhere, by byCase. "variant" leaves out nothing.
func (c *collator) options() []collate.Option {
	var out []collate.Option
	if c.numeric {
		out = append(out, collate.Numeric)
	}
	switch c.sensitivity {
	case "base", "case":
		out = append(out, collate.IgnoreDiacritics, collate.IgnoreCase, collate.IgnoreWidth)
	case "accent":
		out = append(out, collate.IgnoreCase, collate.IgnoreWidth)
	}
	return out
}
