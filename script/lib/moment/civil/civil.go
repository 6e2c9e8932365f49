// Package civil is the calendar under the moments: fields of a time value, the local zone with its jumps, and weeks.
//
// A time value is that of an ECMAScript Date: milliseconds since 1970 in UTC, NaN when there is no such time. Numbers are
// float64 as in scripts, so that what is not a number stays that.
package civil

import "math"

// Lengths in milliseconds.
const (
	Second = 1e3
	Minute = 6e4
	Hour   = 36e5
	Day    = 864e5
)

// limit is the largest time value that a Date holds, in milliseconds: 100 million days
// (ECMA-262, 21.4.1.1).
const limit = 8.64e15

// Fields are the parts of a time as a calendar and a clock show it. Month counts from 0, Weekday from Sunday.
type Fields struct {
	Year, Month, Day, Hour, Minute, Second, Milli float64
	Weekday                                       float64
}

// Clip is the time value that a Date keeps of t: whole milliseconds, NaN where t is out of
// range (ECMA-262, TimeClip). Adding 0 makes 0 of -0.
func Clip(t float64) float64 {
	if math.IsNaN(t) || math.Abs(t) > limit {
		return math.NaN()
	}
	return math.Trunc(t) + 0
}

// Mod is the remainder of n by x, with the sign of x, unlike Go's and JavaScript's operators,
// whose sign is that of n.
func Mod(n, x float64) float64 { return math.Mod(math.Mod(n, x)+x, x) }

// Split gives the fields of a time value in UTC. t must be a number within a Date's range. It
// is the calendar of ISO 8601, extended into the past.
func Split(t float64) Fields {
	days := math.Floor(t / Day)
	rest := int64(t - days*Day)
	y, m, d := fromDays(int64(days))
	return Fields{
		Year: float64(y), Month: float64(m), Day: float64(d),
		Hour: float64(rest / 3600000), Minute: float64(rest / 60000 % 60), Second: float64(rest / 1000 % 60), Milli: float64(rest % 1000),
		Weekday: Mod(days+4, 7), // 1 January 1970 was a Thursday
	}
}

// Join makes the time value of fields in UTC; what exceeds a field's range goes over into the
// next, and fractions are cut off. NaN where a field is not finite. It is the inverse of
// Split (ECMA-262, MakeDay and MakeTime).
func Join(f Fields) float64 {
	for _, v := range []float64{f.Year, f.Month, f.Day, f.Hour, f.Minute, f.Second, f.Milli} {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return math.NaN()
		}
	}
	y, m := math.Trunc(f.Year), math.Trunc(f.Month)
	y += math.Floor(m / 12)
	m = Mod(m, 12)
	// Far beyond what a Date holds, so nothing is lost, and the arithmetic below cannot
	// overflow.
	if math.Abs(y) > 400000 {
		return math.NaN()
	}
	days := float64(toDays(int64(y), int64(m))) + math.Trunc(f.Day) - 1
	return days*Day + math.Trunc(f.Hour)*Hour + math.Trunc(f.Minute)*Minute + math.Trunc(f.Second)*Second + math.Trunc(f.Milli)
}

// Date is Join of a day at midnight. The day may be outside of its month: day 0 is the last
// of the month before.
func Date(year, month, day float64) float64 {
	return Join(Fields{Year: year, Month: month, Day: day})
}

// eraDays is the length of 400 years, after which the calendar repeats.
const eraDays = 146097

// toDays is the number of days from 1970 to the first of a month (0 to 11). Years begin in
// March here, so that the day that some Februaries have is a year's last. The method is that
// of Howard Hinnant's days_from_civil.
func toDays(y, m int64) int64 {
	if m < 2 {
		y--
	}
	era := floorDiv(y, 400)
	year := y - era*400
	month := (m + 10) % 12
	return era*eraDays + year*365 + year/4 - year/100 + (153*month+2)/5 - 719468
}

// fromDays is the inverse (civil_from_days): year, month from 0 and day from 1 of a number of
// days since 1970.
func fromDays(days int64) (y, m, d int64) {
	days += 719468
	era := floorDiv(days, eraDays)
	day := days - era*eraDays
	year := (day - day/1460 + day/36524 - day/146096) / 365
	ofYear := day - (365*year + year/4 - year/100)
	month := (5*ofYear + 2) / 153
	d = ofYear - (153*month+2)/5 + 1
	m = (month + 2) % 12
	y = year + era*400
	if m < 2 {
		y++
	}
	return y, m, d
}

// floorDiv rounds down, also below zero, where Go rounds towards zero.
func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

// Leap says that a year has 366 days. Years before 1 follow the same rule, as in ECMAScript.
func Leap(year float64) bool {
	return math.Mod(year, 4) == 0 && math.Mod(year, 100) != 0 || math.Mod(year, 400) == 0
}

// YearLength is the number of days of a year.
func YearLength(year float64) float64 {
	if Leap(year) {
		return 366
	}
	return 365
}

// MonthLength is the number of days of a month, which may be outside 0 to 11 and then is one
// of another year. A month with a fraction gives what moment's formula gives for it.
func MonthLength(year, month float64) float64 {
	if math.IsNaN(year) || math.IsNaN(month) {
		return math.NaN()
	}
	m := Mod(month, 12)
	year += (month - m) / 12
	switch m {
	case 1:
		return YearLength(year) - 337 // 28 or 29
	case 3, 5, 8, 10:
		return 30
	}
	if m != math.Trunc(m) {
		return 31 - math.Mod(math.Mod(m, 7), 2)
	}
	return 31
}
