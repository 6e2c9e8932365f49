package option

import (
	"errors"
	"math"
	"net/url"
	"strconv"
	"strings"
	"time"

	"posthaste/internal/cli/process"
	"posthaste/internal/seed"
)

// NoValue is what an option whose value is optional means without one: no reporters, no limit.
const NoValue = "none"

// A Count is a positive whole number, written as JavaScript's Number reads it: 10, 1e3.
type Count int

// Set reads the number.
func (c *Count) Set(text string) error {
	f, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
	if err != nil || f <= 0 || f != math.Trunc(f) || f > 1<<53-1 {
		return errPositive{}
	}
	*c = Count(f)
	return nil
}

// String is the number, "" for none.
func (c *Count) String() string {
	if *c == 0 {
		return ""
	}
	return strconv.Itoa(int(*c))
}

// Type is how help names the value.
func (c *Count) Type() string { return "n" }

// errPositive is newman's text for a bad number.
type errPositive struct{}

func (errPositive) Error() string { return "the value must be a positive integer" }

// errDuration says what a duration is. It begins as newman's text for a bad number does.
type errDuration struct{}

func (errDuration) Error() string {
	return "the value must be a positive integer (milliseconds) or a duration such as 30s, 500ms or 2m"
}

// A Colour is the value of --color.
type Colour string

// Set takes auto, on or off.
func (c *Colour) Set(text string) error {
	switch text {
	case "auto", "on", "off":
		*c = Colour(text)
		return nil
	}
	return errors.New("it is auto, on or off")
}

// String is the word.
func (c *Colour) String() string { return string(*c) }

// Type is how help names the value.
func (c *Colour) Type() string { return "string" }

// Millis is a duration: 30s, 500ms, 1m30s, or a positive whole number of milliseconds. Without a value it stays 0.
type Millis time.Duration

// longest is the longest duration, ten years: what is longer is a mistake, and far from what a time.Duration holds.
const longest = 10 * 365 * 24 * time.Hour

// Set reads the duration.
func (m *Millis) Set(text string) error {
	if text == NoValue {
		return nil
	}
	var c Count
	if err := c.Set(text); err == nil {
		*m = Millis(min(time.Duration(min(int64(c), longest.Milliseconds()))*time.Millisecond, longest))
		return nil
	}
	d, err := time.ParseDuration(strings.ToLower(strings.ReplaceAll(text, " ", "")))
	if err != nil || d < time.Millisecond || d > longest {
		return errDuration{}
	}
	*m = Millis(d)
	return nil
}

// String is the duration with its unit, "" for none.
func (m *Millis) String() string {
	if *m == 0 {
		return ""
	}
	text := time.Duration(*m).String()
	if strings.HasSuffix(text, "m0s") {
		text = strings.TrimSuffix(text, "0s")
	}
	return text
}

// Type is how help names the value.
func (m *Millis) Type() string { return "TIME" }

// ParseTime reads --now.
func ParseTime(text string) (time.Time, error) {
	at, err := seed.ParseTime(text)
	if err != nil {
		return time.Time{}, process.Usage("such as --now 2026-11-22T12:00:00Z", "--now %s is no moment", text)
	}
	return at, nil
}

// Mapping reads --map from=to: two addresses without a slash at the end. A host without a scheme is both http and
// https; it stays as it is.
func Mapping(text string) (from, to string, err error) {
	from, to, ok := strings.Cut(text, "=")
	from, to = strings.TrimSuffix(from, "/"), strings.TrimSuffix(to, "/")
	origin := from
	if ok && !strings.Contains(from, "://") {
		origin = "https://" + from
	}
	for _, side := range []string{origin, to} {
		u, err := url.Parse(side)
		if !ok || err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" || u.RawQuery != "" {
			return "", "", process.Usage("for example --map https://apitest.vipps.no=http://127.0.0.1:8080",
				"--map %s: it takes from=to, each scheme://host[:port]; from may be host[:port], for http and https", text)
		}
	}
	return from, to, nil
}
