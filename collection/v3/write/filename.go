package write

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// maxStem is how long a file's stem may be, in bytes: file systems allow 255 with what is put
// behind it.
const maxStem = 180

// safeStem returns a name as a file can have it on every system: Postman puts "-" for what
// some refuse. It cuts between characters, and avoids the device names of Windows.
func safeStem(name string) string {
	s := strings.Map(func(r rune) rune {
		if r < 0x20 || r == 0x7F || r == utf8.RuneError || strings.ContainsRune(`/\:*?"<>|`, r) {
			return '-'
		}
		return r
	}, name)
	for len(s) > maxStem {
		_, size := utf8.DecodeLastRuneInString(s)
		s = s[:len(s)-size]
	}
	kept := strings.TrimRight(s, ". ")
	s = kept + strings.Repeat("-", len(s)-len(kept))
	if strings.HasPrefix(s, ".") || strings.HasPrefix(s, " ") {
		s = "-" + s[1:]
	}
	if s == "" {
		return "-"
	}
	base, _, _ := strings.Cut(strings.ToUpper(s), ".")
	if slices.Contains([]string{"CON", "PRN", "AUX", "NUL"}, base) || len(base) == 4 && (base[:3] == "COM" || base[:3] == "LPT") && base[3] >= '0' && base[3] <= '9' {
		s = "-" + s
	}
	return s
}

// A directory keeps the names in it apart, also where a file system takes no notice of case.
type directory map[string]bool

// name returns an unused stem for a name, to which the suffix is put. A name that is taken
// gets a number: "login 2".
func (d directory) name(name, suffix string) string {
	stem := safeStem(name)
	for n := 2; ; n++ {
		key := strings.ToLower(stem + suffix)
		if !d[key] && !d[strings.ToUpper(key)] {
			d[key], d[strings.ToUpper(key)] = true, true
			return stem
		}
		stem = safeStem(name) + " " + strconv.Itoa(n)
	}
}
