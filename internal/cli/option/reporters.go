package option

import (
	"slices"
	"strings"
	"unicode"
)

// ReporterOptions are the options of reporters, by reporter and by option in camel case.
// Options that name no selected reporter stand under "" and go to all of them, over their own
// (newman: bin/util.js, the generic options win).
type ReporterOptions map[string]map[string]string

// Option returns what a reporter was told.
func (o ReporterOptions) Option(reporter, name string) (string, bool) {
	if v, ok := o[""][name]; ok {
		return v, true
	}
	v, ok := o[reporter][name]
	return v, ok
}

// Of returns every option of one reporter.
func (o ReporterOptions) Of(reporter string) map[string]string {
	all := map[string]string{}
	for _, source := range []string{reporter, ""} {
		for k, v := range o[source] {
			all[k] = v
		}
	}
	return all
}

func (o ReporterOptions) set(reporter, name, value string) {
	if o[reporter] == nil {
		o[reporter] = map[string]string{}
	}
	o[reporter][name] = value
}

// TakeReporterOptions takes --reporter-… out of the arguments, as newman does before its parser sees them:
// a value stands behind "=" or in the next argument, unless that begins with "-".
func TakeReporterOptions(args []string) (rest []string, raw [][2]string) {
	for i := 0; i < len(args); i++ {
		name, found := strings.CutPrefix(args[i], "--reporter-")
		if args[i] == "--" {
			return append(rest, args[i:]...), raw
		}
		if !found {
			rest = append(rest, args[i])
			continue
		}
		if extra, ok := strings.CutPrefix(name, "htmlextra-"); ok {
			name = "html-" + extra // the reporter that people used with newman goes by our name
		}
		name, value, hasValue := strings.Cut(name, "=")
		if !hasValue {
			value = "true"
			if i+1 < len(args) && !strings.HasPrefix(args[i+1], "-") {
				i++
				value = args[i]
			}
		}
		raw = append(raw, [2]string{name, value})
	}
	return rest, raw
}

// SortReporterOptions tells whose options they are: those of the selected reporter whose name the option
// begins with, the longest such name winning, else everybody's.
func SortReporterOptions(raw [][2]string, reporters []string) ReporterOptions {
	options := ReporterOptions{}
	for _, r := range raw {
		owner := ""
		for _, name := range reporters {
			if strings.HasPrefix(r[0], name+"-") && len(name) > len(owner) {
				owner = name
			}
		}
		option := r[0]
		if owner != "" {
			option = r[0][len(owner)+1:]
		}
		options.set(owner, Camel(option), r[1])
	}
	return options
}

// Camel turns no-success-assertions into noSuccessAssertions.
func Camel(name string) string {
	var b strings.Builder
	up := false
	for _, c := range name {
		if c == '-' {
			up = b.Len() > 0
			continue
		}
		if up {
			c = unicode.ToUpper(c)
		}
		up = false
		b.WriteRune(c)
	}
	return b.String()
}

// kebab turns noSuccessAssertions into no-success-assertions.
func kebab(name string) string {
	var b strings.Builder
	for i, c := range name {
		if unicode.IsUpper(c) && i > 0 {
			b.WriteByte('-')
		}
		b.WriteRune(unicode.ToLower(c))
	}
	return b.String()
}

// JoinValues puts the value of an option that may stand alone behind a "=", where commander would
// take the next argument for it and pflag would not: "--bail folder" becomes "--bail=folder".
func JoinValues(args []string) []string {
	optional := []string{"--bail", "--reporters", "-r", "--delay-request", "--timeout", "--timeout-request", "--timeout-script"}
	var joined []string
	for i := 0; i < len(args); i++ {
		arg := args[i]
		if arg == "--" {
			return append(joined, args[i:]...)
		}
		if arg == "-r" && i+1 < len(args) && args[i+1] == "" {
			joined = append(joined, "--reporters=") // pflag would take the "=" of "-r=" for a letter
			i++
			continue
		}
		if value, ok := strings.CutPrefix(arg, "-r"); ok && value != "" && value[0] != '=' {
			joined = append(joined, "-r="+value) // commander reads -rjson, pflag would read -r -j -s -o -n
			continue
		}
		next := i + 1
		if !slices.Contains(optional, arg) || next == len(args) || strings.HasPrefix(args[next], "-") || !isValueOf(arg, args[next]) {
			joined = append(joined, arg)
			continue
		}
		i = next
		joined = append(joined, arg+"="+args[next])
	}
	return joined
}

// isValueOf keeps "--bail collection.json" from eating the collection.
func isValueOf(option, value string) bool {
	if option != "--bail" {
		return true
	}
	for _, word := range strings.Split(value, ",") {
		if word != "folder" && word != "failure" {
			return false
		}
	}
	return true
}
