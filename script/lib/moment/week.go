package moment

import (
	"math"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/moment/civil"
)

// week gives week and week-year of a moment, NaN for an invalid one.
func (m instant) week(w civil.Week) (week, weekYear float64) {
	f, ok := m.fields()
	if !ok {
		return math.NaN(), math.NaN()
	}
	return w.Of(f.Year, m.dayOfYear(f))
}

// dayOfYear is the number of the day in its year, of the days that the zone has had. Rounding
// takes out the hours of jumps.
func (m instant) dayOfYear(f civil.Fields) float64 {
	if m.utc() {
		return civil.DayOfYear(f)
	}
	return math.Round((m.start(f.Year, f.Month, f.Day)-m.start(f.Year, 0, 1))/civil.Day) + 1
}

// addDays moves by whole days, as add(n, 'd') does.
func (m instant) addDays(n float64) goja.Value {
	if math.IsNaN(n) {
		n = 0
	}
	m.add(span{days: n}, 1)
	return m.o
}

// setWeekday moves to a weekday of the week from Sunday, which may lie before the moment.
func (m instant) setWeekday(day float64) {
	if f, ok := m.fields(); ok {
		m.addDays(day - f.Weekday)
	}
}

// weekOf gets or sets the week; the weekday stays.
func weekOf(iso bool) func(l *library, this *goja.Object, a args) goja.Value {
	return func(l *library, this *goja.Object, a args) goja.Value {
		m := l.of(this)
		var n goja.Value
		if iso {
			w, _ := m.week(isoWeek())
			n = l.number(w)
		} else {
			n = m.locale().invoke("week", this)
		}
		if jsvalue.IsNullish(a.at(0)) {
			return n
		}
		return m.addDays((a.at(0).ToFloat() - n.ToFloat()) * 7)
	}
}

// dayOf is the method day: the weekday from Sunday, by number or name.
func dayOf(l *library, this *goja.Object, a args) goja.Value {
	m, v := l.of(this), a.at(0)
	f, ok := m.fields()
	if !ok {
		return m.orNaN(v)
	}
	if jsvalue.IsNullish(v) {
		return l.number(f.Weekday)
	}
	return m.addDays(m.weekdayIn(v) - f.Weekday)
}

// orNaN is what getters and setters of an invalid moment give: NaN, or the moment itself.
func (m instant) orNaN(v goja.Value) goja.Value {
	if jsvalue.IsNullish(v) {
		return goja.NaN()
	}
	return m.o
}

// weekdayIn reads a weekday; an unknown name counts as Sunday (moment: parseWeekday).
func (m instant) weekdayIn(v goja.Value) float64 {
	if !jsvalue.IsString(v) {
		return v.ToFloat()
	}
	if f := v.ToFloat(); !math.IsNaN(f) {
		return parseInt(v.String())
	}
	if d := m.locale().invoke("weekdaysParse", v); goja.IsNumber(d) {
		return d.ToFloat()
	}
	return 0
}

// weekdayOf counts weekdays from the locale's first.
func weekdayOf(l *library, this *goja.Object, a args) goja.Value {
	m, v := l.of(this), a.at(0)
	f, ok := m.fields()
	if !ok {
		return m.orNaN(v)
	}
	day := math.Mod(f.Weekday+7-m.locale().week().First, 7)
	if jsvalue.IsNullish(v) {
		return l.number(day)
	}
	return m.addDays(v.ToFloat() - day)
}

// isoWeekdayOf counts from 1 for Monday to 7 for Sunday.
func isoWeekdayOf(l *library, this *goja.Object, a args) goja.Value {
	m, v := l.of(this), a.at(0)
	f, ok := m.fields()
	if !ok {
		return m.orNaN(v)
	}
	if jsvalue.IsNullish(v) {
		return l.number(pick(f.Weekday == 0, 7, f.Weekday))
	}
	day := v.ToFloat()
	if jsvalue.IsString(v) {
		day = math.Mod(jsvalue.Number(m.locale().invoke("weekdaysParse", v)), 7)
		if day == 0 || math.IsNaN(day) {
			day = 7
		}
	} else if math.IsNaN(day) {
		if f.Weekday != 0 {
			return l.number(f.Weekday) // day(null), which gets
		}
		day = 0
	}
	if math.Mod(f.Weekday, 7) == 0 {
		day -= 7
	}
	return m.addDays(day - f.Weekday)
}

// dayOfYear gets or sets the number of the day in its year, from 1.
func dayOfYear(l *library, this *goja.Object, a args) goja.Value {
	m := l.of(this)
	f, ok := m.fields()
	day := math.NaN()
	if ok {
		day = m.dayOfYear(f)
	}
	if jsvalue.IsNullish(a.at(0)) {
		return l.number(day)
	}
	return m.addDays(a.at(0).ToFloat() - day)
}

// weekYearOf gets or sets the year that a week belongs to; week and weekday stay, the last
// week where there is none.
func weekYearOf(iso bool) func(l *library, this *goja.Object, a args) goja.Value {
	return func(l *library, this *goja.Object, a args) goja.Value {
		m := l.of(this)
		w := isoWeek()
		if !iso {
			w = m.locale().week()
		}
		number, weekYear := m.week(w)
		if jsvalue.IsNullish(a.at(0)) {
			return l.number(weekYear)
		}
		f, ok := m.fields()
		if !ok {
			return this
		}
		to := a.at(0).ToFloat()
		day := math.Mod(f.Weekday+7-w.First, 7) // weekday(), which stands for the weekday of Sunday's count, as in moment
		if iso {
			day = pick(f.Weekday == 0, 7, f.Weekday)
		}
		y, d := w.Day(to, math.Min(number, w.Count(to)), day)
		date := civil.Date(y, 0, d)
		if math.IsNaN(date) {
			m.setTime(date)
			return this
		}
		at := civil.Split(date)
		field("year", true)(l, this, args{l.number(at.Year)})
		monthOf(l, this, args{l.number(at.Month)})
		field("date", true)(l, this, args{l.number(at.Day)})
		return this
	}
}
