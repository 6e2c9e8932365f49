package moment

import (
	"encoding/json"
	"math"
	"slices"
	"strings"

	"github.com/dop251/goja"
)

// dayTimes makes the functions of a locale about the words for parts of a day. The facts have
// their results in tables, since the functions of moment's locales are JavaScript; kind says
// which table it is.
func (l recorder) dayTimes(kind string, raw json.RawMessage) goja.Value {
	switch kind {
	case "$meridiem":
		return l.meridiemTable(raw)
	case "$isPM":
		return l.afternoon(raw)
	case "$meridiemHour":
		return l.hourTable(raw)
	}
	l.env.Throw("Error", "moment: a locale has an unknown "+kind)
	return nil
}

// meridiemTable looks the word up by the minute of the day on which it begins to hold.
// Chinese has six such words. The first row begins at 0.
func (l recorder) meridiemTable(raw json.RawMessage) goja.Value {
	type run struct {
		from       float64
		low, upper string
	}
	var runs []run
	for _, r := range read[[][]any](raw) {
		from, _ := r[0].(float64)
		low, _ := r[1].(string)
		upper, _ := r[2].(string)
		runs = append(runs, run{from, low, upper})
	}
	return l.method(func(_ *goja.Object, a args) goja.Value {
		minute := a.at(0).ToFloat() * 60
		if m := a.at(1).ToFloat(); !math.IsNaN(m) {
			minute += m
		}
		at := runs[0]
		for _, r := range runs {
			if minute >= r.from {
				at = r
			}
		}
		return l.text(pick(truthy(a.at(2)), at.low, at.upper))
	})
}

// afternoon knows the words of the second half of the day, or a letter of them at a certain
// place, as the locale's isPM does.
func (l recorder) afternoon(raw json.RawMessage) goja.Value {
	t := read[struct {
		Words  []string
		At     int
		Letter string
	}](raw)
	return l.method(func(_ *goja.Object, a args) goja.Value {
		word := l.str(a.at(0))
		if t.Letter == "" {
			return l.vm.ToValue(slices.Contains(t.Words, word))
		}
		letters := []rune(strings.ToLower(word))
		return l.vm.ToValue(t.At < len(letters) && string(letters[t.At]) == t.Letter)
	})
}

// hourTable knows what hour of 24 an hour with a word is. A pair that the table does not have
// leaves the hour as it is.
func (l recorder) hourTable(raw json.RawMessage) goja.Value {
	t := read[struct {
		Words map[string][]*float64
		Other []*float64
		Unset []string
	}](raw)
	return l.method(func(_ *goja.Object, a args) goja.Value {
		hours, ok := t.Words[l.str(a.at(1))]
		if !ok {
			hours = t.Other
		}
		h := a.at(0).ToFloat()
		if isUndefined(a.at(0)) && slices.Contains(t.Unset, l.str(a.at(1))) {
			return goja.NaN()
		}
		if math.IsNaN(h) || h < 0 || h >= float64(len(hours)) || hours[int(h)] == nil {
			return a.at(0)
		}
		return l.number(*hours[int(h)])
	})
}
