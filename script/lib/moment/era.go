package moment

import (
	"math"
	"strings"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
)

// eras are the eras of a locale, or the English ones, with their bounds as time values. The
// bounds are texts in the configuration and become numbers at the first use, in the
// configuration itself, as in moment.
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

// bounds are in milliseconds; since is later than until for an era that counts backwards.
func bounds(era *goja.Object) (since, until float64) {
	return jsvalue.Number(era.Get("since")), jsvalue.Number(era.Get("until"))
}

// direction is -1 for an era whose years count backwards, such as BC.
func direction(era *goja.Object) float64 {
	since, until := bounds(era)
	return pick(since <= until, 1.0, -1)
}

// erasParse finds the era of a name, as a locale's method: the token says which length of
// name is meant when strict. undefined if missing.
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

// eraStart is the year in which an era begins, by the moment of its since.
func (l *library) eraStart(era *goja.Object) float64 {
	f, ok := l.moment(jsvalue.Get(era, "since")).fields()
	if !ok {
		return math.NaN()
	}
	return f.Year
}

// erasConvertYear gives the year of the calendar for a year of an era; without a year, that
// in which the era begins.
func erasConvertYear(l *library, _ *goja.Object, a args) goja.Value {
	era := a.at(0).ToObject(l.vm)
	start := l.eraStart(era)
	if isUndefined(a.at(1)) {
		return l.number(start)
	}
	return l.number(start + (a.at(1).ToFloat()-jsvalue.Number(era.Get("offset")))*direction(era))
}

// eraRegexp is a method that gives the pattern of the names of eras, made at the first call.
// Its argument asks for the names of one length only.
func eraRegexp(field string) func(l *library, this *goja.Object, a args) goja.Value {
	return func(l *library, this *goja.Object, a args) goja.Value {
		if !owns(this, field) {
			locale{l, this}.makeEraPatterns()
		}
		return jsvalue.Get(this, pick(truthy(a.at(0)), field, "_erasRegex"))
	}
}

// makeEraPatterns makes the patterns of a locale's eras and keeps them in the fields that
// moment keeps them in.
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

// eraYear is the year of an era as its locale writes it: Japanese calls the first year of an
// era 元年.
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

// era finds the era that a moment is in, nil if missing. Invalid moments still ask
// the locale, as in moment.
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

// eraMember is eraName, eraNarrow or eraAbbr: "" without an era.
func eraMember(field string) func(l *library, this *goja.Object, a args) goja.Value {
	return func(l *library, this *goja.Object, _ args) goja.Value {
		if era := l.of(this).era(); era != nil {
			return jsvalue.Get(era, field)
		}
		return l.text("")
	}
}

// eraYear of a moment is its year in its era, or the calendar's year without one.
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
