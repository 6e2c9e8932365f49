package moment

import (
	"math"
	"strings"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
)

// eras are the eras of a locale, or the English ones, with their bounds as time values.
func (lc locale) eras() *goja.Object {
	l := lc.l
	list := jsvalue.Object(lc.get("_eras"))
	if list == nil {
		list = l.locale(l.text("en")).get("_eras").ToObject(l.vm)
	}
	for i := range lengthOf(list) {
		era := item(list, i).ToObject(l.vm)
		for _, name := range []string{"since", "until"} {
			switch v := jsvalue.Get(era, name); {
			case jsvalue.IsString(v):
				m := l.moment(v)
				m.startOf("day")
				_ = era.Set(name, l.number(m.value()))
			case name == "until" && isUndefined(v):
				_ = era.Set(name, math.Inf(1))
			}
		}
	}
	return list
}

// erasOf are the eras by the method of a locale, which a script may have replaced.
func (lc locale) erasOf() []*goja.Object {
	list := lc.invoke("eras").ToObject(lc.l.vm)
	out := make([]*goja.Object, lengthOf(list))
	for i := range out {
		out[i] = item(list, i).ToObject(lc.l.vm)
	}
	return out
}

func bounds(era *goja.Object) (since, until float64) {
	return jsvalue.Number(era.Get("since")), jsvalue.Number(era.Get("until"))
}

// direction is -1 for an era whose years count backwards.
func direction(era *goja.Object) float64 {
	since, until := bounds(era)
	return pick(since <= until, 1.0, -1)
}

func erasParse(l *library, this *goja.Object, a args) goja.Value {
	name, strict := strings.ToUpper(l.str(a.at(0))), truthy(a.at(2))
	field := map[string]string{"N": "abbr", "NN": "abbr", "NNN": "abbr", "NNNN": "name", "NNNNN": "narrow"}[l.str(a.at(1))]
	for _, era := range (locale{l, this}).erasOf() {
		for _, f := range []string{"name", "abbr", "narrow"} {
			if (!strict || f == field) && strings.ToUpper(l.str(era.Get(f))) == name {
				return era
			}
		}
	}
	return goja.Undefined()
}

func (l *library) eraStart(era *goja.Object) float64 {
	f, ok := l.moment(jsvalue.Get(era, "since")).fields()
	if !ok {
		return math.NaN()
	}
	return f.Year
}

func erasConvertYear(l *library, _ *goja.Object, a args) goja.Value {
	era := a.at(0).ToObject(l.vm)
	start := l.eraStart(era)
	if isUndefined(a.at(1)) {
		return l.number(start)
	}
	return l.number(start + (a.at(1).ToFloat()-jsvalue.Number(era.Get("offset")))*direction(era))
}

// eraRegexp is a method that gives the pattern of the names of eras.
func eraRegexp(field string) func(l *library, this *goja.Object, a args) goja.Value {
	return func(l *library, this *goja.Object, a args) goja.Value {
		if !owns(this, field) {
			locale{l, this}.makeEraPatterns()
		}
		return jsvalue.Get(this, pick(truthy(a.at(0)), field, "_erasRegex"))
	}
}

func (lc locale) makeEraPatterns() {
	var all []string
	by := map[string][]string{}
	for _, era := range lc.erasOf() {
		for _, f := range []string{"name", "abbr", "narrow"} {
			s := lc.l.str(era.Get(f))
			all = append(all, s)
			by[f] = append(by[f], s)
		}
	}
	for _, p := range []struct {
		field string
		list  []string
	}{{"_erasRegex", all}, {"_erasNameRegex", by["name"]}, {"_erasAbbrRegex", by["abbr"]}, {"_erasNarrowRegex", by["narrow"]}} {
		_ = lc.o.Set(p.field, lc.l.newRegexp("^("+alternatives(p.list)+")", "i"))
	}
}

// eraYear is the year of an era as its locale writes it.
func (lc locale) eraYear(text string) float64 {
	parse := lc.get("eraYearOrdinalParse")
	if !truthy(parse) {
		return parseInt(text)
	}
	match := goja.Undefined()
	if re := lc.get("_eraYearOrdinalRegex"); truthy(re) {
		m, err := lc.l.match(lc.l.text(text), re)
		lc.l.env.Check(err)
		match = m
	}
	return lc.l.call(parse, lc.o, lc.l.text(text), match).ToFloat()
}

// era finds the era that a moment is in.
func (m instant) era() *goja.Object {
	if !m.valid() {
		m.locale().erasOf()
		return nil
	}
	day := m.clone()
	for _, era := range m.locale().erasOf() {
		day.startOf("day")
		since, until := bounds(era)
		if v := day.value(); since <= v && v <= until || until <= v && v <= since {
			return era
		}
	}
	return nil
}

func eraMember(field string) func(l *library, this *goja.Object, a args) goja.Value {
	return func(l *library, this *goja.Object, _ args) goja.Value {
		if era := l.of(this).era(); era != nil {
			return jsvalue.Get(era, field)
		}
		return l.text("")
	}
}

func (m instant) eraYear() float64 {
	f, ok := m.fields()
	if !ok {
		return math.NaN()
	}
	if era := m.era(); era != nil {
		return (f.Year-m.l.eraStart(era))*direction(era) + jsvalue.Number(era.Get("offset"))
	}
	return f.Year
}
