package moment

import (
	"encoding/json"
	"math"
	"strconv"
	"strings"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/moment/facts"
)

// recorded makes the configuration of a locale of the facts; nil if missing of it.
// It is made again each time, since scripts may change it.
func (l *library) recorded(name string) *goja.Object {
	text, ok := facts.Locale(name)
	if !ok {
		return nil
	}
	d := json.NewDecoder(strings.NewReader(text))
	o, _ := recorder{l}.decode(d).(*goja.Object)
	return o
}

// A recorder makes what was recorded: JSON, with objects of one key that begins with "$" for
// what JSON has not.
type recorder struct{ *library }

// decode makes a value of the next JSON value. Keys keep their order, which scripts can see.
// The file is our own, so a fault in it is thrown.
func (l recorder) decode(d *json.Decoder) goja.Value {
	t, err := d.Token()
	if err != nil {
		l.env.Throw("Error", "moment: reading a locale: "+err.Error())
	}
	switch x := t.(type) {
	case json.Delim:
		if x == '[' {
			return l.decodeArray(d)
		}
		return l.decodeObject(d)
	case float64:
		return l.number(x)
	case nil:
		return goja.Null()
	}
	return l.vm.ToValue(t)
}

// decodeArray reads up to the closing bracket.
func (l recorder) decodeArray(d *json.Decoder) goja.Value {
	var list []any
	for d.More() {
		list = append(list, l.decode(d))
	}
	_, _ = d.Token()
	return l.vm.NewArray(list...)
}

// decodeObject reads an object, or what its only key beginning with "$" stands for.
func (l recorder) decodeObject(d *json.Decoder) goja.Value {
	o := l.vm.NewObject()
	for d.More() {
		key, _ := d.Token()
		name, _ := key.(string)
		if strings.HasPrefix(name, "$") {
			var raw json.RawMessage
			_ = d.Decode(&raw)
			_, _ = d.Token()
			return l.special(name, raw)
		}
		_ = o.Set(name, l.decode(d))
	}
	_, _ = d.Token()
	return o
}

// special makes what JSON has not: patterns, infinity and functions, which look their answer
// up. The functions were recorded by calling moment's with all arguments that matter.
func (l recorder) special(kind string, raw json.RawMessage) goja.Value {
	switch kind {
	case "$re":
		re := read[[]string](raw)
		return l.newRegexp(re[0], re[1])
	case "$number":
		return l.vm.ToValue(pick(read[string](raw) == "Infinity", math.Inf(1), math.Inf(-1)))
	case "$ordinal":
		return l.ordinalTable(raw)
	case "$relative":
		return l.relativeTable(raw)
	case "$calendar":
		t := read[table](raw)
		return l.method(func(this *goja.Object, a args) goja.Value { return l.text(t.of(l.day(this, a.at(0)))) })
	case "$calendars":
		return l.calendars(raw)
	case "$names":
		return l.nameTable(raw)
	case "$letters":
		letters := read[map[string]string](raw)
		return l.method(func(_ *goja.Object, a args) goja.Value { return l.text(replaceLetters(l.str(a.at(0)), letters)) })
	case "$eraYear":
		first := read[string](raw)
		return l.method(func(_ *goja.Object, a args) goja.Value {
			s := l.str(a.at(0))
			if one := jsvalue.Field(a.at(1), "1"); truthy(one) {
				s = l.str(one)
			}
			return l.number(pick(s == first, 1, parseInt(s)))
		})
	}
	return l.dayTimes(kind, raw)
}

// read reads a JSON value into a Go one.
func read[T any](raw json.RawMessage) (v T) {
	_ = json.Unmarshal(raw, &v) // our own file, whose shape a test reads whole
	return v
}

// method makes a function of a configuration. Its name is empty, as that of a property's
// function.
func (l *values) method(fn func(this *goja.Object, a args) goja.Value) *goja.Object {
	return l.env.Func("", 0, func(call goja.FunctionCall) goja.Value {
		this, _ := call.This.(*goja.Object)
		return fn(this, call.Arguments)
	})
}

// A table is distinct answers, and which of them each case has: a digit in base 36, or the
// first where I is empty. That makes a locale's functions some kilobytes.
type table struct {
	T []string
	I string
}

// of is the answer of a case.
func (t table) of(i int) string {
	if t.I == "" {
		return t.T[0]
	}
	n, _ := strconv.ParseInt(t.I[i:i+1], 36, 64)
	return t.T[n]
}

// number is the answer for a number, put in. From 200 on the last two digits decide, as they
// do in all languages that were recorded.
func (t table) number(n float64, shown string) string {
	i := math.Trunc(math.Abs(n))
	if i >= 200 {
		i = 100 + math.Mod(i, 100)
	}
	if math.IsNaN(i) {
		i = 0
	}
	return strings.Replace(t.of(int(i)), "%d", shown, 1)
}

// ordinalTable makes a locale's ordinal(number, token). "#" is the number as it is, not as a
// text.
func (l recorder) ordinalTable(raw json.RawMessage) goja.Value {
	t := read[struct {
		By     map[string]int
		Tables []table
		Below  string
	}](raw)
	return l.method(func(_ *goja.Object, a args) goja.Value {
		n, token := a.at(0).ToFloat(), ""
		if !isUndefined(a.at(1)) {
			token = l.str(a.at(1))
		}
		if n < 0 {
			return l.text(strings.Replace(t.Below, "%d", l.str(a.at(0)), 1))
		}
		text := t.Tables[t.By[token]].number(n, l.str(a.at(0)))
		if text == "#" {
			return a.at(0) // the number itself
		}
		return l.text(text)
	})
}

// relativeTable makes a function of relativeTime: one table, or one for each of without
// suffix and in the future.
func (l recorder) relativeTable(raw json.RawMessage) goja.Value {
	tables := read[[]table](raw)
	return l.method(func(_ *goja.Object, a args) goja.Value {
		i := 0
		if len(tables) > 1 {
			i = pick(truthy(a.at(1)), 2, 0) + pick(truthy(a.at(3)), 1, 0)
		}
		return l.text(tables[i].number(a.at(0).ToFloat(), l.str(a.at(0))))
	})
}

// day is the case of a moment in a calendar's table: whether it is in the week of now, its
// weekday and its hour. An invalid moment has the first case.
func (l recorder) day(this *goja.Object, now goja.Value) int {
	m := l.of(this)
	f, ok := m.fields()
	if !ok {
		return 0
	}
	other := 0
	if o := jsvalue.Object(now); o != nil {
		a, _ := m.week(m.locale().week())
		if b, _ := (instant{l.library, o}).week(locale{l.library, jsvalue.Object(o.Get("_locale"))}.week()); a != b {
			other = 1
		}
	}
	return other*7*24 + int(f.Weekday)*24 + int(f.Hour)
}

// calendars makes a locale's calendar(case, moment) where it is one function for all cases.
func (l recorder) calendars(raw json.RawMessage) goja.Value {
	tables := read[map[string]table](raw)
	return l.method(func(_ *goja.Object, a args) goja.Value {
		t, ok := tables[l.str(a.at(0))]
		if m := jsvalue.Object(a.at(1)); ok && m != nil {
			return l.text(t.of(l.day(m, nil)))
		}
		return goja.Undefined()
	})
}

// nameTable makes a locale's months or weekdays as a function: which list it takes depends on
// the format.
func (l recorder) nameTable(raw json.RawMessage) goja.Value {
	t := read[struct {
		By                   string
		Alone, Other, Sorted []string
		When                 [][]json.RawMessage
	}](raw)
	type form struct {
		re    goja.Value
		names []string
	}
	var forms []form
	for _, w := range t.When {
		forms = append(forms, form{l.newRegexp(read[string](w[0]), ""), read[[]string](w[1])})
	}
	return l.method(func(_ *goja.Object, a args) goja.Value {
		if isBool(a.at(0)) && a.at(0).ToBoolean() && t.Sorted != nil {
			return l.strings(t.Sorted)
		}
		if !truthy(a.at(0)) {
			return l.strings(t.Alone)
		}
		names := t.Other
		for _, f := range forms {
			if jsvalue.IsString(a.at(1)) && l.test(f.re, a.at(1)) {
				names = f.names
				break
			}
		}
		return l.pickBy(l.strings(names), a.at(0), t.By)
	})
}

// replaceLetters is preparse and postformat of locales with digits of their own.
func replaceLetters(s string, letters map[string]string) string {
	var b strings.Builder
	for _, r := range s {
		if to, ok := letters[string(r)]; ok {
			b.WriteString(to)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}
