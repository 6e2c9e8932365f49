package schema

import (
	"encoding/base64"
	"net/mail"
	"net/netip"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"time"

	"github.com/dlclark/regexp2/v2"
)

// The formats of JSON Schema's validation vocabulary (7.3) and of OpenAPI, as far as a
// pattern decides them.
//
// hostFormat: labels of 1 to 63 letters, digits and inner hyphens (RFC 1123 2.1). timeFormat:
// RFC 3339 full-time, with second 60 for leap seconds. durationFormat: RFC 3339 appendix A,
// such as P3DT4H or P2W. pointerFormat: RFC 6901, where ~ begins an escape only as ~0 or ~1.
var (
	uuidFormat = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$`)
	})
	hostFormat = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(\.[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*$`)
	})
	timeFormat = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?([zZ]|[+-]([01]\d|2[0-3]):[0-5]\d)$`)
	})
	durationFormat = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^P(\d+W|(\d+Y)?(\d+M)?(\d+D)?(T(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?)$`)
	})
	pointerFormat = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^(/([^~/]|~[01])*)*$`) })
)

// isFormat reports whether a text has a format. It is true for a format that is not known,
// since the specification lets authors use any word ("iban", "msisdn") as a hint to readers.
func isFormat(format, text string) bool {
	switch format {
	case "date-time":
		// A date has ten characters. RFC 3339 5.6 allows t and a space for T.
		day, clock, ok := cutAt(text, 10)
		return ok && isDate(day) && (clock[0] == 'T' || clock[0] == 't' || clock[0] == ' ') && timeFormat().MatchString(clock[1:])
	case "date":
		return isDate(text)
	case "time":
		return timeFormat().MatchString(text)
	case "duration":
		// Each part of the pattern is optional, so that "P" and "P1DT" would pass.
		return durationFormat().MatchString(text) && text != "P" && !strings.HasSuffix(text, "T")
	case "email", "idn-email":
		// ParseAddress also accepts "Name <a@b>"; only a bare address is a value of the
		// format.
		address, err := mail.ParseAddress(text)
		return err == nil && address.Address == text
	case "hostname":
		return len(text) <= 253 && hostFormat().MatchString(text)
	case "ipv4":
		a, err := netip.ParseAddr(text)
		return err == nil && a.Is4()
	case "ipv6":
		// Zones (fe80::1%eth0) are no part of RFC 4291's text form.
		a, err := netip.ParseAddr(text)
		return err == nil && a.Is6() && a.Zone() == ""
	case "uuid", "guid":
		return uuidFormat().MatchString(text)
	case "uri", "url":
		u, err := url.Parse(text)
		// Parse is lenient about characters that RFC 3986 forbids.
		return err == nil && u.Scheme != "" && !strings.ContainsAny(text, " <>\"{}|\\^`")
	case "uri-reference":
		_, err := url.Parse(text)
		return err == nil && !strings.ContainsAny(text, " <>\"{}|\\^`")
	case "json-pointer":
		return pointerFormat().MatchString(text)
	case "byte":
		// Line breaks appear in base64 from tools that follow MIME, and do no harm.
		_, err := base64.StdEncoding.DecodeString(strings.NewReplacer("\r", "", "\n", "").Replace(text))
		return err == nil
	case "regex":
		_, err := regexp2.Compile(text, regexp2.ECMAScript|regexp2.Unicode)
		return err == nil
	}
	return true
}

// cutAt divides a text behind n bytes; false unless something remains behind them, so that
// after[0] is safe.
func cutAt(text string, n int) (before, after string, ok bool) {
	if len(text) <= n {
		return "", "", false
	}
	return text[:n], text[n:], true
}

// isDate reports whether a text is RFC 3339's full-date, a day that exists: 2024-02-30 is
// none.
func isDate(text string) bool {
	_, err := time.Parse(time.DateOnly, text)
	return err == nil
}
