package moment

import (
	"math"

	"posthaste/script/lib/moment/civil"
)

// part is a part of the date, not given beyond the end. The list grows as parts are set.
func (c *config) part(i int) part {
	if i < len(c.parts) {
		return c.parts[i]
	}
	return part{}
}

// setPart sets one, with empty places before it if need be.
func (c *config) setPart(i int, v float64) {
	for len(c.parts) <= i {
		c.parts = append(c.parts, part{})
	}
	c.parts[i] = some(v)
}

// today is the date that stands for parts that were not given, in UTC or local as the moment
// will be. An invalid clock makes all parts NaN.
func (c *config) today() civil.Fields {
	t := c.l.now()
	switch {
	case math.IsNaN(t):
		return civil.Fields{Year: t, Month: t, Day: t}
	case c.useUTC:
		return civil.Split(t)
	}
	return civil.Split(civil.Local(t))
}

// fromParts makes the date of the parts. The parts before the first one that was given are
// today's, those after it the least that they can be: "15:00" is today, "June" the first of
// June. (moment: configFromArray)
func (c *config) fromParts() {
	if c.date.given {
		return
	}
	today := c.today()
	if c.weeks != nil && !c.part(day).given && !c.part(month).given {
		c.fromWeeks()
	}
	if c.dayOfYear.given {
		y := c.part(year).or(today.Year)
		if c.dayOfYear.value > civil.YearLength(y) || c.dayOfYear.value == 0 {
			c.flags.overflowDayOfYear = true
		}
		f := c.split(civil.Date(y, 0, c.dayOfYear.value))
		c.setPart(month, f.Month)
		c.setPart(day, f.Day)
	}
	i := 0
	for current := []float64{today.Year, today.Month, today.Day}; i < 3 && !c.part(i).given; i++ {
		c.setPart(i, current[i])
	}
	for ; i < 7; i++ {
		if !c.part(i).given {
			c.setPart(i, pick(i == day, 1.0, 0))
		}
	}
	c.join()
}

// split is civil.Split, with NaN in all fields for NaN.
func (c *config) split(t float64) civil.Fields {
	if math.IsNaN(t) {
		return civil.Fields{Year: t, Month: t, Day: t, Weekday: t}
	}
	return civil.Split(t)
}

// join makes the date of all parts, and looks whether it falls on the weekday that was given.
// An offset in the input is taken off at the end.
func (c *config) join() {
	at := func(i int) float64 { return c.part(i).value }
	f := civil.Fields{Year: at(year), Month: at(month), Day: at(day), Hour: at(hour), Minute: at(minute), Second: at(second), Milli: at(milli)}
	// moment makes a year below 100 out of the one 400 later, so a month beyond the last does not change the year.
	if y := f.Year; y >= 0 && y < 100 {
		f.Year += 400
		if t := civil.Join(f); !math.IsNaN(t) {
			f = civil.Split(t)
		}
		f.Year = y
	}
	t := civil.Join(f)
	shown := c.split(civil.Clip(t)).Weekday
	if !c.useUTC {
		t = civil.FromLocal(t)
		if u := civil.Clip(t); !math.IsNaN(u) {
			shown = civil.Split(civil.Local(u)).Weekday
		}
	}
	t = civil.Clip(t)
	if c.zone.given {
		t = civil.Clip(t - wholeOf(c.zone.value)*civil.Minute)
	}
	c.date = some(t)
	if d, ok := c.weeks["d"]; ok && d != shown {
		c.flags.weekdayMismatch = true
	}
}

// isoWeek divides years into weeks as ISO 8601 does: from Monday, week 1 has the 4th of
// January.
func isoWeek() civil.Week { return civil.Week{First: 1, Pivot: 4} }

// fromWeeks finds the day of the year by week-year, week and weekday, where some of them were
// given. What is missing is this week's, or the first that there is. Numbers out of range set
// a flag (moment: dayOfYearFromWeekInfo).
func (c *config) fromWeeks() {
	w := isoWeek()
	iso := c.has("GG") || c.has("W") || c.has("E")
	if !iso {
		w = c.locale.week()
	}
	thisWeek, thisYear := c.l.moment(nil).week(w)
	var weekYear, number, weekday float64
	overflow := false
	if iso {
		weekYear, number, weekday = c.weekPart("GG", c.part(year).or(thisYear)), c.weekPart("W", 1), c.weekPart("E", 1)
		overflow = weekday < 1 || weekday > 7
	} else {
		weekYear, number = c.weekPart("gg", c.part(year).or(thisYear)), c.weekPart("w", thisWeek)
		weekday, overflow = c.localWeekday(w)
	}
	switch {
	case number < 1 || number > w.Count(weekYear):
		c.flags.overflowWeeks = true
	case overflow:
		c.flags.overflowWeekday = true
	default:
		y, d := w.Day(weekYear, number, weekday)
		c.setPart(year, y)
		c.dayOfYear = some(d)
	}
}

// has reports whether a token of weeks was in the format.
func (c *config) has(name string) bool { _, ok := c.weeks[name]; return ok }

// weekPart is its number, or another one where it was not.
func (c *config) weekPart(name string, otherwise float64) float64 {
	if v, ok := c.weeks[name]; ok {
		return v
	}
	return otherwise
}

// localWeekday is the weekday by "d" (from Sunday) or "e" (from the locale's first day), the
// first day of the week without either.
func (c *config) localWeekday(w civil.Week) (weekday float64, overflow bool) {
	if d, ok := c.weeks["d"]; ok {
		return d, d < 0 || d > 6
	}
	if e, ok := c.weeks["e"]; ok {
		return e + w.First, e < 0 || e > 6
	}
	return w.First, false
}

// checkOverflow finds the first part that is out of its range, by its place, and -1 when none
// is. 24:00 is allowed when nothing follows it.
func (c *config) checkOverflow() {
	if c.parts == nil || c.flags.overflow != -2 {
		return
	}
	beyond := func(i int, low, high float64) bool {
		p := c.part(i)
		return p.given && (p.value < low || p.value > high)
	}
	is := func(i int, v float64) bool { p := c.part(i); return p.given && p.value == v }
	days := math.NaN()
	if c.part(year).given && c.part(month).given {
		days = civil.MonthLength(c.part(year).value, c.part(month).value)
	}
	overflow := -1
	switch {
	case beyond(month, 0, 11):
		overflow = month
	case beyond(day, 1, days):
		overflow = day
	case beyond(hour, 0, 24) || is(hour, 24) && !(is(minute, 0) && is(second, 0) && is(milli, 0)):
		overflow = hour
	case beyond(minute, 0, 59):
		overflow = minute
	case beyond(second, 0, 59):
		overflow = second
	case beyond(milli, 0, 999):
		overflow = milli
	}
	f := &c.flags
	if f.overflowDayOfYear && (overflow < year || overflow > day) {
		overflow = day
	}
	if f.overflowWeeks && overflow == -1 {
		overflow = week
	}
	if f.overflowWeekday && overflow == -1 {
		overflow = weekday
	}
	f.overflow = overflow
}
