package variable

import (
	"math"
	"strconv"
)

const (
	digits      = "0123456789"
	lowerHex    = "0123456789abcdef"
	lowerAlpha  = "abcdefghijklmnopqrstuvwxyz"
	upperAlnum  = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
	wordChars   = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_"
	base58Chars = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
)

// basics are the variables that are more than decoration: identifiers, times, numbers.
func basics() map[string]maker {
	return map[string]maker{
		"guid":       (*Dynamic).UUID,
		"randomUUID": (*Dynamic).UUID,
		"timestamp": func(d *Dynamic) string {
			return strconv.FormatInt(int64(math.Round(float64(d.now().UnixMilli())/1000)), 10)
		},
		"isoTimestamp":       func(d *Dynamic) string { return d.now().UTC().Format("2006-01-02T15:04:05.000Z") },
		"randomInt":          func(d *Dynamic) string { return strconv.Itoa(d.intn(1001)) },
		"randomBoolean":      func(d *Dynamic) string { return strconv.FormatBool(d.intn(2) == 1) },
		"randomAlphaNumeric": func(d *Dynamic) string { return d.chars(1, digits+lowerAlpha) },
		"randomColor": func(d *Dynamic) string {
			return d.phrase("red|green|blue|yellow|purple|mint green|teal|white|black|orange|pink|grey|maroon|violet|turquoise|" +
				"tan|sky blue|salmon|plum|orchid|olive|magenta|lime|ivory|indigo|gold|fuchsia|cyan|azure|lavender|silver")
		},
		"randomHexColor": func(d *Dynamic) string { return "#" + d.chars(6, lowerHex) },
		"randomLocale": func(d *Dynamic) string {
			return d.pick("af am ar as ast az be bg bn br bs ca ceb cs cy da de el en eo es et eu fa fi fil fo fr fy ga gd gl gu " +
				"ha haw he hi hmn hr hu hy id ig is it ja jv ka kk km kn ko ku ky lb lo lt lv mg mi mk ml mn mr ms mt my nb ne " +
				"nl nn no ny or pa pl ps pt ro ru rw sd si sk sl sm sn so sq sr st su sv sw ta te tg th tk tl tr tt ug uk ur uz " +
				"vi xh yi yo zh zu ckb")
		},
		"randomSemver": func(d *Dynamic) string { return d.list(3, ".", func(d *Dynamic) string { return d.chars(1, digits) }) },
		"randomAbbreviation": func(d *Dynamic) string {
			return d.pick("TCP HTTP SDD RAM GB CSS SSL AGP SQL FTP PCI AI ADP RSS XML EXE COM HDD THX SMTP SMS USB PNG SAS IB SCSI JSON XSS JBOD")
		},
		"randomPhoneNumber":    (*Dynamic).phone,
		"randomPhoneNumberExt": func(d *Dynamic) string { return strconv.Itoa(d.between(1, 99)) + "-" + d.phone() },
	}
}

// phone is a North American number; area and exchange do not begin with 0 or 1.
func (d *Dynamic) phone() string {
	return d.chars(1, digits[2:]) + d.chars(2, digits) + "-" + d.chars(1, digits[2:]) + d.chars(2, digits) + "-" + d.chars(4, digits)
}
