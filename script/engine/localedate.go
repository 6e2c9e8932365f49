package engine

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// dateFields are what a date formatter shows when its options name no field.
type dateFields int

const (
	dateAndTime dateFields = iota
	dateOnly
	timeOnly
)

// formatDate writes t as Intl.DateTimeFormat does, in the zone that the options name.
func formatDate(t time.Time, l locale, o formatOptions, fields dateFields) (string, error) {
	if zone := o.text("timeZone"); zone != "" {
		location, err := time.LoadLocation(zone)
		if err != nil {
			return "", fmt.Errorf("Invalid time zone specified: %s", zone) //nolint:staticcheck // V8's text
		}
		t = t.In(location)
	}
	dated := o.text("year")+o.text("month")+o.text("day")+o.text("weekday")+o.text("dateStyle") != ""
	timed := o.text("hour")+o.text("minute")+o.text("second")+o.text("timeStyle") != ""
	if !dated && !timed {
		dated, timed = fields != timeOnly, fields != dateOnly
	}
	var parts []string
	if dated || fields == dateOnly {
		parts = append(parts, dateText(t, l, o))
	}
	if timed || fields == timeOnly {
		parts = append(parts, timeText(t, l, o))
	}
	return strings.Join(parts, l.join), nil
}

func dateText(t time.Time, l locale, o formatOptions) string {
	year, month, day, weekday := o.text("year"), o.text("month"), o.text("day"), o.text("weekday")
	switch o.text("dateStyle") {
	case "full":
		year, month, day, weekday = "numeric", "long", "numeric", "long"
	case "long":
		year, month, day = "numeric", "long", "numeric"
	case "medium":
		year, month, day = "numeric", "short", "numeric"
	}
	if year+month+day+weekday == "" {
		year, month, day = "numeric", "numeric", "numeric"
	}
	text := ""
	if month == "long" || month == "short" {
		text = namedDate(t, l, year, month, day)
	} else {
		text = numericDate(t, l, year, month, day)
	}
	if weekday == "" {
		return text
	}
	name := strings.Split(l.days, ",")[t.Weekday()]
	if weekday == "short" {
		name = shorten(name, l)
	}
	if text == "" {
		return name
	}
	return name + l.weekday + text
}

func numericDate(t time.Time, l locale, year, month, day string) string {
	var b strings.Builder
	mark := ""
	for field := range strings.FieldsFuncSeq(l.date, func(r rune) bool { return r == '/' || r == '.' || r == '-' }) {
		given, n := year, t.Year()
		switch field[0] {
		case 'M':
			given, n = month, int(t.Month())
		case 'd':
			given, n = day, t.Day()
		}
		if given == "" {
			continue
		}
		b.WriteString(mark)
		switch {
		case field == "y" && given == "2-digit":
			fmt.Fprintf(&b, "%02d", n%100)
		case field != "y" && (len(field) == 2 || given == "2-digit"):
			fmt.Fprintf(&b, "%02d", n)
		default:
			b.WriteString(strconv.Itoa(n))
		}
		mark = strings.Trim(l.date, "dMy")[:1]
	}
	return b.String()
}

func namedDate(t time.Time, l locale, year, month, day string) string {
	name := strings.Split(l.months, ",")[t.Month()-1]
	if month == "short" {
		name = shorten(name, l)
	}
	if day != "" {
		number := strconv.Itoa(t.Day())
		if day == "2-digit" {
			number = fmt.Sprintf("%02d", t.Day())
		}
		switch {
		case l.dayFirst:
			name = number + l.dayMark + " " + name
		case year != "":
			name += " " + number + ","
		default:
			name += " " + number
		}
	}
	if year == "" {
		return name
	}
	return name + " " + strconv.Itoa(t.Year())
}

// shorten abbreviates the name of a month or a day: three letters, with a dot outside English.
func shorten(name string, l locale) string {
	r := []rune(name)
	if len(r) <= 4 && l.months != english || len(r) <= 3 {
		return name
	}
	if l.months == english {
		return string(r[:3])
	}
	return string(r[:3]) + "."
}

func timeText(t time.Time, l locale, o formatOptions) string {
	hour, minute, second := o.text("hour"), o.text("minute"), o.text("second")
	switch style := o.text("timeStyle"); {
	case style == "short":
		hour, minute = "numeric", "numeric"
	case hour+minute+second == "":
		hour, minute, second = "numeric", "numeric", "numeric"
	}
	twelve := l.hour12
	if given := o.text("hour12"); given != "" {
		twelve = given == "true"
	}
	h, suffix := t.Hour(), ""
	if twelve && hour != "" {
		suffix = " AM"
		if h >= 12 {
			suffix = " PM"
		}
		if h %= 12; h == 0 {
			h = 12
		}
	}
	var parts []string
	if hour != "" {
		if twelve && hour != "2-digit" {
			parts = append(parts, strconv.Itoa(h))
		} else {
			parts = append(parts, fmt.Sprintf("%02d", h))
		}
	}
	if minute != "" {
		parts = append(parts, fmt.Sprintf("%02d", t.Minute()))
	}
	if second != "" {
		parts = append(parts, fmt.Sprintf("%02d", t.Second()))
	}
	text := strings.Join(parts, l.timeMark) + suffix
	if o.text("timeZoneName") != "" {
		zone, _ := t.Zone()
		text += " " + zone
	}
	return text
}
