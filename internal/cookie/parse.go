package cookie

import (
	"errors"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode"
)

// Parse reads a Set-Cookie line as loosely as tough-cookie does: a pair without "=" is a value without name.
// Attributes that cannot be read are left out; a pair of nothing but "=" is a cookie
// without name and value. Only a pair with control characters or none at all is an error.
func Parse(line string) (Cookie, error) {
	if line == "" {
		return Cookie{}, errors.New("reading cookie: there is neither name nor value")
	}
	line = trim(line)
	pair, attributes, _ := strings.Cut(line, ";")
	if i := strings.IndexAny(pair, "\n\r\x00"); i >= 0 {
		pair = pair[:i]
	}
	pair = strings.TrimPrefix(trim(pair), "=")
	name, value, ok := strings.Cut(pair, "=")
	if !ok || name == "" {
		name, value = "", pair
	}
	c := Cookie{Name: trim(name), Value: trim(value)}
	if strings.ContainsFunc(c.Name+c.Value, func(r rune) bool { return r < 0x20 }) {
		return Cookie{}, errors.New("reading cookie: it holds control characters")
	}
	for attribute := range strings.SplitSeq(attributes, ";") {
		c.attribute(trim(attribute))
	}
	return c, nil
}

// trim drops what JavaScript's trim drops. Header lines are Latin-1: a byte of UTF-8 that looks like a blank to Go stays.
func trim(s string) string {
	return strings.TrimFunc(s, func(r rune) bool { return unicode.IsSpace(r) && r != '\u0085' || r == '\uFEFF' })
}

// attribute reads one attribute as RFC 6265, 5.2 says: what cannot be read is ignored, and the last of several
// counts.
func (c *Cookie) attribute(text string) {
	key, value, _ := strings.Cut(text, "=")
	value = trim(value)
	switch strings.ToLower(trim(key)) {
	case "expires":
		if t, ok := ParseDate(value); ok {
			c.Expires = t
		}
	case "max-age":
		n, err := strconv.ParseInt(value, 10, 64)
		if (err == nil || errors.Is(err, strconv.ErrRange)) && !strings.HasPrefix(value, "+") {
			c.HasMaxAge, c.MaxAge = true, n
		}
	case "domain":
		if d := canonical(ascii(value)); d != "" {
			c.Domain = d
		}
	case "path":
		c.Path = ""
		if strings.HasPrefix(value, "/") {
			c.Path = value
		}
	case "secure":
		c.Secure = true
	case "httponly":
		c.HTTPOnly = true
	case "samesite":
		c.SameSite = ""
		switch s := strings.ToLower(value); s {
		case "strict", "lax", "none":
			c.SameSite = s
		}
	case "":
		if text != "" {
			c.Extensions = append(c.Extensions, text)
		}
	default:
		c.Extensions = append(c.Extensions, text)
	}
}

// clockTime is a time of day (RFC 6265, 5.1.1).
var clockTime = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^(\d{1,2}):(\d{1,2}):(\d{1,2})(?:[^\d:][^:]*)?$`) })

// leadingNumber is a number before anything else (RFC 6265, 5.1.1).
var leadingNumber = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^(\d+)(?:\D|$)`) })

// ParseDate reads a cookie's date by RFC 6265, 5.1.1: the parts may come in any order.
func ParseDate(s string) (time.Time, bool) {
	hour, minute, second, day, month, year := -1, 0, 0, 0, 0, -1
	for token := range strings.FieldsFuncSeq(s, isDelimiter) {
		if m := clockTime().FindStringSubmatch(token); m != nil && hour < 0 {
			hour, minute, second = number(m[1]), number(m[2]), number(m[3])
			continue
		}
		digits := ""
		if m := leadingNumber().FindStringSubmatch(token); m != nil {
			digits = m[1]
		}
		switch n := len(digits); {
		case (n == 1 || n == 2) && day == 0:
			day = number(digits)
		case n == 0 && month == 0:
			month = monthOf(token)
		case n >= 2 && n <= 4 && year < 0:
			year = number(digits)
			if year >= 70 && year <= 99 {
				year += 1900
			} else if year <= 69 {
				year += 2000
			}
		}
	}
	if hour < 0 || hour > 23 || minute > 59 || second > 59 || day < 1 || day > 31 || month == 0 || year < 1601 {
		return time.Time{}, false
	}
	return time.Date(year, time.Month(month), day, hour, minute, second, 0, time.UTC), true
}

func isDelimiter(r rune) bool {
	return r == '\t' || r >= ' ' && r <= '/' || r >= ';' && r <= '@' || r >= '[' && r <= '`' || r >= '{' && r <= '~'
}

// number reads digits that a pattern has checked.
func number(digits string) int {
	n, err := strconv.Atoi(digits)
	if err != nil {
		return 0
	}
	return n
}

// monthOf returns 1 to 12 for a token that begins with a month's three letters, 0 for others.
func monthOf(token string) int {
	if len(token) < 3 {
		return 0
	}
	const names = "janfebmaraprmayjunjulaugsepoctnovdec"
	if i := strings.Index(names, strings.ToLower(token[:3])); i >= 0 && i%3 == 0 {
		return i/3 + 1
	}
	return 0
}
