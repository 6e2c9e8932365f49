package rewrite

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"
	"sync"
)

// unicodeText has the code points of each Unicode property that V8 knows, written by testdata/v8/unicode.js from V8 itself
// (Unicode 15.0).
//
//go:embed unicode.txt
var unicodeText string

// properties maps the name of each property to its line, and short names to long ones. Lines
// are "gc=Lu: " and pairs of numbers; aliases are "alias sc=Grek Greek".
//
//nolint:gochecknoglobals // a table, made when it is first used
var properties = sync.OnceValue(func() map[string]string {
	all := map[string]string{}
	for line := range strings.SplitSeq(unicodeText, "\n") {
		if rest, ok := strings.CutPrefix(line, "alias "); ok {
			short, long, _ := strings.Cut(rest, " ")
			all["alias "+short] = long
		} else if name, ranges, ok := strings.Cut(line, ": "); ok {
			all[name] = ranges
		}
	}
	return all
})

// maxCodePoint is the last of Unicode.
const maxCodePoint = 0x10ffff

// property returns a class or, inside a class, the part of one for a Unicode property. A name
// that V8 does not know stays, for the engine to refuse. negated is \P.
func property(name string, negated, inClass bool) string {
	ranges, ok := propertyRanges(name)
	if !ok {
		if negated {
			return `\P{` + name + "}"
		}
		return `\p{` + name + "}"
	}
	members := classMembers(ranges, negated)
	switch {
	case inClass:
		return members
	case members == "": // nothing at all
		return `(?!)`
	}
	return "[" + members + "]"
}

// propertyRanges finds the line of a property by any of its names: L, Letter, gc=L,
// Script=Greek, Alphabetic (ECMA-262 22.2.1.1).
func propertyRanges(name string) (string, bool) {
	all := properties()
	kind, value, has := strings.Cut(name, "=")
	long := func(kind, value string) string {
		if name, ok := all["alias "+kind+value]; ok {
			return name
		}
		return value
	}
	category := func(value string) string {
		if short, ok := categories()[value]; ok {
			return short
		}
		return value
	}
	switch {
	// A name alone is a general category or a binary property.
	case !has:
		if ranges, ok := all["gc="+category(name)]; ok {
			return ranges, true
		}
		ranges, ok := all[long("", name)]
		return ranges, ok
	case kind == "General_Category" || kind == "gc":
		ranges, ok := all["gc="+category(value)]
		return ranges, ok
	case kind == "Script" || kind == "sc":
		ranges, ok := all["sc="+long("sc=", value)]
		return ranges, ok
	case kind == "Script_Extensions" || kind == "scx":
		ranges, ok := all["scx="+long("sc=", value)]
		return ranges, ok
	}
	return "", false
}

// classMembers spells out ranges, or what lies between them, as the inside of a class. ranges
// are pairs in base 36: how far a range lies behind the end of the one before, and how many
// code points it has.
func classMembers(ranges string, negated bool) string {
	var b strings.Builder
	add := func(from, to int64) {
		switch {
		case from > to:
		case from == to:
			fmt.Fprintf(&b, `\u{%x}`, from)
		default:
			fmt.Fprintf(&b, `\u{%x}-\u{%x}`, from, to)
		}
	}
	fields := strings.Fields(ranges)
	end := int64(0)
	for i := 0; i+1 < len(fields); i += 2 {
		gap, _ := strconv.ParseInt(fields[i], 36, 64)
		length, _ := strconv.ParseInt(fields[i+1], 36, 64)
		from := end + gap
		if negated {
			add(end, from-1)
		} else {
			add(from, from+length-1)
		}
		end = from + length
	}
	if negated {
		add(end, maxCodePoint)
	}
	return b.String()
}
