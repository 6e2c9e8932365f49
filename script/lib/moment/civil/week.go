package civil

import "math"

// A Week says how a year is divided into weeks: First is the weekday that begins one, and
// Pivot is 7 + First - the day of January that is always in week 1. ISO weeks are {1, 4};
// those of the United States {0, 6}. The names in moment are dow and doy.
type Week struct{ First, Pivot float64 }

// lead is the day of the year, counted from 0, on which week 1 begins. It may be negative,
// when week 1 begins in the old year (moment: firstWeekOffset).
func (w Week) lead(year float64) float64 {
	day := 7 + w.First - w.Pivot
	weekday := math.NaN()
	if t := Date(year, 0, day); !math.IsNaN(t) {
		weekday = Split(t).Weekday
	}
	return day - 1 - math.Mod(7+weekday-w.First, 7)
}

// Count is the number of weeks of a week-year, 52 or 53 (moment: weeksInYear).
func (w Week) Count(year float64) float64 {
	return (YearLength(year) - w.lead(year) + w.lead(year+1)) / 7
}

// Of gives week and week-year of a day, by its year and its number in it, which counts from 1
// (moment: weekOfYear). The last days of December may be in week 1 of the next year.
func (w Week) Of(year, dayOfYear float64) (week, weekYear float64) {
	week = math.Floor((dayOfYear-w.lead(year)-1)/7) + 1
	if week < 1 {
		return week + w.Count(year-1), year - 1
	}
	if n := w.Count(year); week > n {
		return week - n, year + 1
	}
	return week, year
}

// Day is the inverse of Of: the year of a weekday of a week, and the number of the day in it
// (moment: dayOfYearFromWeeks). The weekday counts from Sunday.
func (w Week) Day(weekYear, week, weekday float64) (year, dayOfYear float64) {
	day := 1 + 7*(week-1) + math.Mod(7+weekday-w.First, 7) + w.lead(weekYear)
	switch {
	case day <= 0:
		return weekYear - 1, YearLength(weekYear-1) + day
	case day > YearLength(weekYear):
		return weekYear + 1, day - YearLength(weekYear)
	}
	return weekYear, day
}

// DayOfYear is the number of a day in its year, from 1.
func DayOfYear(f Fields) float64 {
	return math.Round((Date(f.Year, f.Month, f.Day)-Date(f.Year, 0, 1))/Day) + 1
}
