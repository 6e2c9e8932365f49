package engine

import (
	"strconv"
	"strings"
	"unicode/utf16"

	"github.com/dlclark/regexp2/v2"
	"github.com/dop251/goja"

	"posthaste/script/engine/rewrite"
	"posthaste/script/jsvalue"
)

// The engine knows neither the flag d of regular expressions, which says where groups
// matched, nor v, which has sets in classes. An expression with one of them is made without,
// and carries what they add itself.

// A flagged expression is one that is being made: what the script asked for, before the
// engine's own flags were left.
type flagged struct{ source, flags string }

// newerFlags returns the arguments of RegExp without the flags d and v, and remembers what
// they were. v becomes u with its sets written out, since v includes what u does.
func (r *Realm) newerFlags(args []goja.Value) []goja.Value {
	r.flagged = nil
	if len(args) == 0 {
		return args
	}
	source, flags := "", ""
	re, isObject := args[0].(*goja.Object)
	switch {
	case isObject && re.ClassName() != "RegExp":
		return args
	case isObject:
		source, flags = re.Get("source").String(), re.Get("flags").String()
	default:
		source = args[0].String()
	}
	if len(args) > 1 && !goja.IsUndefined(args[1]) {
		flags = args[1].String()
	}
	if !strings.ContainsAny(flags, "dv") || strings.Count(flags, "d") > 1 || strings.Count(flags, "v") > 1 ||
		strings.ContainsRune(flags, 'v') && strings.ContainsRune(flags, 'u') {
		return args // nothing to do, or for the engine to refuse
	}
	r.flagged = &flagged{source, sortedFlags(flags)}
	old := strings.NewReplacer("d", "", "v", "u").Replace(flags)
	if strings.ContainsRune(flags, 'v') {
		source = rewrite.ClassSets(source)
	}
	return []goja.Value{r.VM.ToValue(source), r.VM.ToValue(old)}
}

// sortedFlags puts flags into the order in which the property of that name has them
// (ECMA-262: the alphabet's).
func sortedFlags(flags string) string {
	var b strings.Builder
	for _, flag := range "dgimsuvy" {
		if strings.ContainsRune(flags, flag) {
			b.WriteRune(flag)
		}
	}
	return b.String()
}

// addFlags gives a new expression what the flags that it was made without would have given
// it. It uses up what newerFlags remembered.
func (r *Realm) addFlags(re *goja.Object) {
	asked := r.flagged
	if r.flagged = nil; asked == nil {
		return
	}
	define := func(name string, v any) {
		_ = re.DefineDataProperty(name, r.VM.ToValue(v), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	}
	define("source", asked.source)
	define("flags", asked.flags)
	if strings.ContainsRune(asked.flags, 'v') {
		define("unicodeSets", true)
		define("unicode", false)
	}
	if strings.ContainsRune(asked.flags, 'd') {
		define("hasIndices", true)
		_ = re.DefineDataProperty("exec", r.execIndices(re), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	}
}

// execIndices is the exec of an expression with the flag d. It matches a second time to learn
// where groups stand, since the engine does not keep that; the matcher is made for the first
// match.
func (r *Realm) execIndices(re *goja.Object) goja.Value {
	exec, _ := goja.AssertFunction(r.exec)
	asked := flagged{re.Get("source").String(), re.Get("flags").String()}
	var matcher *regexp2.Regexp
	return r.VM.ToValue(func(call goja.FunctionCall) goja.Value {
		v, err := exec(call.This, call.Arguments...)
		if err != nil {
			panic(r.Rethrow(err))
		}
		result, ok := v.(*goja.Object)
		if !ok {
			return v
		}
		if matcher == nil {
			if matcher, err = asked.compile(); err != nil {
				panic(jsvalue.NewError(r.VM, "SyntaxError", "Invalid regular expression: "+err.Error()))
			}
		}
		r.addIndices(result, asked.places(matcher, result.Get("input").String(), int(result.Get("index").ToInteger())))
		return result
	})
}

// compile makes a matcher that says where groups stand: regexp2's, which the engine itself
// uses for patterns that backtrack.
func (f flagged) compile() (*regexp2.Regexp, error) {
	options := regexp2.ECMAScript
	for flag, option := range map[rune]regexp2.RegexOptions{
		'i': regexp2.IgnoreCase, 'm': regexp2.Multiline, 's': regexp2.Singleline, 'u': regexp2.Unicode, 'v': regexp2.Unicode,
	} {
		if strings.ContainsRune(f.flags, flag) {
			options |= option
		}
	}
	source := f.source
	if strings.ContainsRune(f.flags, 'v') {
		source = rewrite.ClassSets(source)
	}
	return regexp2.Compile(rewrite.Pattern(source, f.flags), options)
}

// A span is where a group matched: begin and end in UTF-16 units, nil when it took no part.
type span struct {
	name string // the group's, or its number
	at   []any
}

// places returns the spans of the groups of the match at index, which is in UTF-16 units.
// Without u or v a surrogate pair is two characters to JavaScript, so the matcher gets them
// as two.
func (f flagged) places(matcher *regexp2.Regexp, input string, index int) (spans []span) {
	units := utf16.Encode([]rune(input))
	runes, offsets := make([]rune, 0, len(units)), make([]int, 0, len(units)+1)
	if strings.ContainsAny(f.flags, "uv") {
		at := 0
		for _, c := range input {
			runes, offsets = append(runes, c), append(offsets, at)
			at += max(1, utf16.RuneLen(c))
		}
	} else {
		for i, unit := range units {
			runes, offsets = append(runes, rune(unit)), append(offsets, i)
		}
	}
	offsets = append(offsets, len(units))
	start := 0
	for start < len(runes) && offsets[start] < index {
		start++
	}
	m, err := matcher.FindRunesMatchStartingAt(runes, start)
	if err != nil || m == nil {
		return nil
	}
	for _, group := range m.Groups() {
		s := span{name: group.Name}
		if len(group.Captures) > 0 {
			s.at = []any{offsets[group.RuneIndex], offsets[group.RuneIndex+group.RuneLength]}
		}
		spans = append(spans, s)
	}
	return spans
}

// addIndices gives a match its indices: an array with a pair for each group, and the named
// ones under groups, which is undefined without any (ECMA-262,
// MakeMatchIndicesIndexPairArray).
func (r *Realm) addIndices(result *goja.Object, spans []span) {
	list := make([]any, len(spans))
	named := r.VM.CreateObject(nil)
	for i, s := range spans {
		list[i] = goja.Undefined()
		if s.at != nil {
			list[i] = r.VM.NewArray(s.at...)
		}
		if _, err := strconv.Atoi(s.name); err != nil {
			_ = named.Set(s.name, list[i])
		}
	}
	indices := r.VM.NewArray(list...)
	_ = indices.Set("groups", goja.Undefined())
	if _, has := result.Get("groups").(*goja.Object); has {
		_ = indices.Set("groups", named)
	}
	_ = result.Set("indices", indices)
}
