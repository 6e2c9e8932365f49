package schema

import (
	"net/netip"
	"regexp"
	"strconv"
	"strings"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/schema/jsdata"
)

// A format is one value of the keyword format: the type of data that it is for, and the test.
// Data of other types passes.
type format struct {
	kind string
	fits func(v goja.Value) bool
}

// addFormat adds a script's own format: a text that is a regular expression, a RegExp, a
// function, or an object with validate and type. Everything else is ignored.
func (in *instance) addFormat(name string, given goja.Value) {
	f := format{kind: "string"}
	test := given
	if o, ok := given.(*goja.Object); ok && o.ClassName() != "RegExp" && jsdata.Has(o, "validate") {
		test = jsvalue.Field(o, "validate")
		if t := jsvalue.Field(o, "type"); t.ToBoolean() {
			f.kind = t.String()
		}
	}
	switch jsdata.KindOf(test) {
	case jsdata.KindString:
		test = in.pattern(test.String())
	case jsdata.KindFunction:
		f.fits = func(v goja.Value) bool { return in.env.Call(test, goja.Undefined(), "format", v).ToBoolean() }
	default:
	}
	if f.fits == nil {
		re, ok := test.(*goja.Object)
		if !ok {
			return
		}
		f.fits = func(v goja.Value) bool { return in.matches(re, v) }
	}
	in.formats[name] = f
}

// standardFormats are ajv's, in the strict or the quick form that the option format asks for.
// The quick forms, which are the default, look at the shape alone: the 39th of January is a
// date.
func (in *instance) standardFormats() map[string]format {
	sh := in.shapes
	quick := map[string]func(s string) bool{
		"date": sh.isDateShape, "time": sh.isTimeShape, "date-time": sh.isDateTimeShape,
		"uri": sh.isURIShape, "uri-reference": sh.isReferenceShape, "uri-template": sh.isURITemplate, "url": sh.isURL,
		"email": sh.isEmail, "hostname": sh.isHostname, "ipv4": sh.isIPv4, "ipv6": sh.isIPv6, "regex": in.isRegex,
		"uuid": sh.isUUID, "json-pointer": sh.isPointer, "json-pointer-uri-fragment": sh.isPointerFragment,
		"relative-json-pointer": sh.isRelativePointer,
	}
	if in.opts.fullFormats {
		quick["date"], quick["time"], quick["date-time"] = sh.isDate, sh.isTime, sh.isDateTime
		quick["uri"], quick["uri-reference"], quick["email"] = sh.isURI, sh.isReference, sh.isFullEmail
	}
	out := map[string]format{}
	for name, test := range quick {
		out[name] = format{kind: "string", fits: func(v goja.Value) bool { return test(v.String()) }}
	}
	return out
}

// shapes are patterns of formats, compiled when first needed and kept for the runtime.
type shapes map[string]*regexp.Regexp

func (sh shapes) pattern(source string) *regexp.Regexp {
	re, ok := sh[source]
	if !ok {
		re = regexp.MustCompile(source)
		sh[source] = re
	}
	return re
}

func (sh shapes) matches(source, s string) bool { return sh.pattern(source).MatchString(s) }

// Hours to seconds with a leap second; a zone of Z or an offset; year, month and day by their
// first digits only.
const (
	clockShape = `([0-2]\d:[0-5]\d:[0-5]\d|23:59:60)(\.\d+)?`
	zoneShape  = `([zZ]|[+-]\d\d(:?\d\d)?)`
	dateShape  = `\d{4}-[01]\d-[0-3]\d`
)

func (sh shapes) isDateShape(s string) bool { return sh.matches(`^`+dateShape+`$`, s) }
func (sh shapes) isTimeShape(s string) bool { return sh.matches(`^`+clockShape+zoneShape+`?$`, s) }

func (sh shapes) isDateTimeShape(s string) bool {
	return sh.matches(`^`+dateShape+`[tT\s]`+clockShape+zoneShape+`$`, s)
}

// isDate knows how long months are, leap years included (ajv: format "full").
func (sh shapes) isDate(s string) bool {
	if !sh.matches(`^\d{4}-\d\d-\d\d$`, s) {
		return false
	}
	year, month, day := number(s[:4]), number(s[5:7]), number(s[8:])
	days := []int{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}
	if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
		days[1] = 29
	}
	return month >= 1 && month <= 12 && day >= 1 && day <= days[month-1]
}

// isTime is a time with or without a zone.
func (sh shapes) isTime(s string) bool { return sh.isClock(s, false) }

// isClock accepts the leap second 23:59:60 and no other, as RFC 3339 has it. zoned asks for a
// time zone.
func (sh shapes) isClock(s string, zoned bool) bool {
	zone := zoneShape
	if !zoned {
		zone += "?"
	}
	if !sh.matches(`^\d\d:\d\d:\d\d(\.\d+)?`+zone+`$`, s) {
		return false
	}
	hour, minute, second := number(s[:2]), number(s[3:5]), number(s[6:8])
	return hour <= 23 && minute <= 59 && (second <= 59 || hour == 23 && minute == 59 && second == 60)
}

// isDateTime needs a time zone, unlike a time alone. Date and time are separated by "T" or
// white space.
func (sh shapes) isDateTime(s string) bool {
	parts := sh.pattern(`[tT\s]`).Split(s, -1)
	return len(parts) == 2 && sh.isDate(parts[0]) && sh.isClock(parts[1], true)
}

// number is the value of digits that a pattern has matched.
func number(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}

// isURIShape asks for a scheme and no blanks.
func (sh shapes) isURIShape(s string) bool {
	return sh.matches(`^[a-zA-Z][a-zA-Z0-9+.\-]*:/?/?\S*$`, s) && !hasSpace(s)
}

func (sh shapes) isReferenceShape(s string) bool {
	return sh.matches(`^(([a-zA-Z][a-zA-Z0-9+.\-]*:)?//?)?([^\\\s#][^\s#]*)?(#[^\\\s]*)?$`, s) && !hasSpace(s)
}

// hasSpace finds the blanks of JavaScript's \s that RE2's does not know.
func hasSpace(s string) bool {
	return strings.ContainsAny(s, "\v\u00a0\u1680\u2028\u2029\u202f\u205f\u3000\ufeff") ||
		strings.ContainsFunc(s, func(r rune) bool { return r >= 0x2000 && r <= 0x200a })
}

// One character of RFC 3986's path, and of its query and fragment, or an escape.
const (
	uriByte  = `([a-z0-9\-._~!$&'()*+,;=:@/]|%[0-9a-f]{2})`
	uriQuery = `([a-z0-9\-._~!$&'()*+,;=:@/?]|%[0-9a-f]{2})`
)

// isURI is a reference with a scheme. A text that ends in a colon would be a scheme without
// anything.
func (sh shapes) isURI(s string) bool {
	return strings.ContainsAny(s, "/:") && sh.matches(`(?i)^[a-z][a-z0-9+\-.]*:`, s) && sh.isReference(s) &&
		!strings.HasSuffix(s, ":")
}

// isReference accepts RFC 3986's characters, and a bracketed address where a host may be.
func (sh shapes) isReference(s string) bool {
	return sh.matches(`(?i)^([a-z][a-z0-9+\-.]*:)?(//([a-z0-9\-._~!$&'()*+,;=:%]*@)?(\[[0-9a-f:.v]+\]|([a-z0-9\-._~!$&'()*+,;=]|%[0-9a-f]{2})*)(:\d*)?(/`+
		uriByte+`*)?|`+uriByte+`*)(\?`+uriQuery+`*)?(#`+uriQuery+`*)?$`, s)
}

// isURITemplate is RFC 6570: literals, and expressions such as {+path,x:3,list*}.
func (sh shapes) isURITemplate(s string) bool {
	const name = `([a-z0-9_]|%[0-9a-f]{2})+(:[1-9][0-9]{0,3}|\*)?`
	return sh.matches(`(?i)^(([^\x00-\x20"'<>%\\^`+"`"+`{|}]|%[0-9a-f]{2})|\{[+#./;?&=,!@|]?`+name+`(,`+name+`)*\})*$`, s)
}

// isURL accepts public http, https and ftp addresses: host names need a dot, private networks
// are refused.
func (sh shapes) isURL(s string) bool {
	m := sh.pattern(`(?i)^(?:https?|ftp)://(?:[^\s/@]+@)?([^\s/:?#]+)(?::\d{2,5})?(?:/\S*)?$`).FindStringSubmatch(s)
	if m == nil || hasSpace(s) {
		return false
	}
	host := m[1]
	if addr, err := netip.ParseAddr(host); err == nil {
		ip := addr.As4()
		return addr.Is4() && ip[0] != 0 && ip[0] < 224 && ip[3] != 0 && ip[3] != 255 &&
			!addr.IsPrivate() && !addr.IsLoopback() && !addr.IsLinkLocalUnicast()
	}
	return sh.matches(`(?i)^([a-z0-9\x{a1}-\x{ffff}]+(-[a-z0-9\x{a1}-\x{ffff}]+)*\.)+[a-z\x{a1}-\x{ffff}]{2,}$`, host)
}

// isEmail is the pattern of browsers; isFullEmail asks for a dot in the domain.
func (sh shapes) isEmail(s string) bool {
	const label = `[a-z0-9]([a-z0-9\-]{0,61}[a-z0-9])?`
	return sh.matches(`(?i)^[a-z0-9.!#$%&'*+/=?^_`+"`"+`{|}~\-]+@`+label+`(\.`+label+`)*$`, s)
}

func (sh shapes) isFullEmail(s string) bool {
	const atom, label = `[a-z0-9!#$%&'*+/=?^_` + "`" + `{|}~\-]+`, `[a-z0-9]([a-z0-9\-]*[a-z0-9])?`
	return sh.matches(`(?i)^`+atom+`(\.`+atom+`)*@(`+label+`\.)+`+label+`$`, s)
}

// isHostname is RFC 1123: labels of 63 characters, 253 in all.
func (sh shapes) isHostname(s string) bool {
	const label = `[a-z0-9]([a-z0-9\-]{0,61}[a-z0-9])?`
	return len(strings.TrimSuffix(s, ".")) <= 253 && sh.matches(`(?i)^`+label+`(\.`+label+`)*\.?$`, s)
}

// isIPv4 accepts leading zeros as ajv's pattern does: 01 and 001 match, 0255 does not.
func (sh shapes) isIPv4(s string) bool {
	parts := strings.Split(s, ".")
	for _, p := range parts {
		if !sh.matches(`^\d{1,3}$`, p) || number(p) > 255 || len(p) == 3 && p[0] == '0' && number(p) > 199 {
			return false
		}
	}
	return len(parts) == 4
}

// isIPv6 allows a zone, as in fe80::1%eth0; a second "%" is not allowed.
func (sh shapes) isIPv6(s string) bool {
	s, zone, _ := strings.Cut(strings.TrimSpace(s), "%")
	addr, err := netip.ParseAddr(s)
	return err == nil && addr.Is6() && !strings.Contains(zone, "%")
}

// isRegex asks the engine itself. \Z is refused before: it is not JavaScript, but without the
// flag u an engine reads it as Z.
func (in *instance) isRegex(s string) bool {
	if in.shapes.matches(`[^\\]\\Z`, s) {
		return false
	}
	return in.vm.Try(func() { in.pattern(s) }) == nil
}

func (sh shapes) isUUID(s string) bool {
	return sh.matches(`(?i)^(urn:uuid:)?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`, s)
}

// isPointer is RFC 6901: "~" must be followed by 0 or 1.
func (sh shapes) isPointer(s string) bool { return sh.matches(`^(/([^~/]|~[01])*)*$`, s) }

func (sh shapes) isPointerFragment(s string) bool {
	return sh.matches(`(?i)^#(/([a-z0-9_\-.!$&'()*+,;:=@]|%[0-9a-f]{2}|~[01])*)*$`, s)
}

func (sh shapes) isRelativePointer(s string) bool {
	return sh.matches(`^(0|[1-9][0-9]*)(#|(/([^~/]|~[01])*)*)$`, s)
}
