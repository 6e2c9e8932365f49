package option

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"posthaste/internal/cli/process"
	"posthaste/internal/near"
)

// A Config is what files of options say besides the values of flags.
type Config struct {
	Collection string            // that posthaste.yaml names, "" when it names none
	Origins    map[string]string // by option, and "collection": FILE:LINE where its value comes from
	Reporter   [][2]string       // options of reporters, as they would be typed: junit-export
}

// ReadConfig applies the configuration files to the flags that the command line left alone. The later file
// wins over the earlier; unlike with newman, every option can be set (newman: lib/config/rc-file.js).
// Options of reporters that files set come before those in reporters.
func ReadConfig(p *process.Process, flags *pflag.FlagSet, reporters *[][2]string) (Config, error) {
	c := configuring{flags: flags, given: map[string]bool{}, Config: Config{Origins: map[string]string{}}}
	flags.Visit(func(f *pflag.Flag) { c.given[f.Name] = true })
	typed := c.takeVariables()
	for _, file := range configFiles(p) {
		settings, err := file.read()
		if err != nil {
			return c.Config, err
		}
		for _, s := range settings {
			if err := c.apply(file, s); err != nil {
				return c.Config, err
			}
		}
	}
	for name, pairs := range typed { // the last one of a variable counts
		for _, pair := range pairs {
			if err := flags.Set(name, pair); err != nil {
				return c.Config, err
			}
		}
	}
	if compat := flags.Lookup("newman-compat"); compat == nil || compat.Value.String() != "true" {
		p.WarnAll(c.doubts)
	}
	*reporters = append(slices.Clone(c.Reporter), *reporters...)
	return c.Config, nil
}

// A configuring is a set of flags while files of options are applied to it.
type configuring struct {
	Config
	flags  *pflag.FlagSet
	given  map[string]bool // by the command line
	doubts []string
}

// takeVariables takes the variables of the command line away for as long as files are applied: they add to those of a
// file, and do not replace them all.
func (c *configuring) takeVariables() map[string][]string {
	typed := map[string][]string{}
	for _, name := range []string{"env-var", "global-var"} {
		f := c.flags.Lookup(name)
		if f == nil || !c.given[name] {
			continue
		}
		if several, ok := f.Value.(pflag.SliceValue); ok {
			typed[name] = slices.Clone(several.GetSlice())
			if several.Replace(nil) == nil {
				delete(c.given, name)
			}
		}
	}
	return typed
}

// apply takes one setting of a file.
func (c *configuring) apply(file configFile, s setting) error {
	name := flagName(s.key)
	switch {
	case s.key == "reporter":
		return c.reporter(file, s)
	case s.key == "collection" && file.yaml:
		text, ok := s.value.(string)
		if !ok || text == "" {
			return process.Usage("such as collection: api.json", "reading %s: collection: it takes the name of a file", file.at(s))
		}
		c.Collection, c.Origins[s.key] = text, fmt.Sprintf("%s:%d", file.name, s.line)
		return nil
	case s.key == "lint" && file.yaml: // posthaste lint reads it
		return nil
	case c.flags.Lookup(name) == nil && file.yaml:
		return process.Usage(optionHint(c.flags, s.key), "reading %s: there is no option %q", file.at(s), s.key)
	case c.flags.Lookup(name) == nil: // newman ignores what it does not know
		c.doubts = append(c.doubts, fmt.Sprintf("%s: there is no option %q: it changes nothing", file.at(s), s.key))
		return nil
	case c.given[name]:
		return nil
	case s.value == nil && file.yaml && s.key != "fence":
		return process.Usage("remove the line, or give it a value", "reading %s: %s has no value", file.at(s), s.key)
	}
	if err := setOption(c.flags, s.key, s.value); err != nil {
		return process.Usage("posthaste help configuration explains the file", "reading %s: %s: %w", file.at(s), s.key, err)
	}
	if s.value != nil {
		c.Origins[name] = fmt.Sprintf("%s:%d", file.name, s.line)
	}
	return nil
}

// reporter reads {"reporter": {"junit": {"export": "out.xml"}}}.
func (c *configuring) reporter(file configFile, s setting) error {
	byName, ok := s.value.(map[string]any)
	for _, name := range slices.Sorted(maps.Keys(byName)) {
		options, isMap := byName[name].(map[string]any)
		ok = ok && isMap
		for _, key := range slices.Sorted(maps.Keys(options)) {
			typed := name + "-" + kebab(key)
			c.Reporter = append(c.Reporter, [2]string{typed, fmt.Sprint(options[key])})
			c.Origins["reporter-"+typed] = fmt.Sprintf("%s:%d", file.name, s.line)
		}
	}
	if !ok && file.yaml {
		return process.Usage("such as reporter: {junit: {export: report.xml}}", "reading %s: reporter: it holds the options of each reporter", file.at(s))
	}
	if !ok {
		c.doubts = append(c.doubts, file.at(s)+": reporter: it holds the options of each reporter; anything else in it changes nothing")
	}
	return nil
}

func optionHint(flags *pflag.FlagSet, key string) string {
	var names []string
	flags.VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
	if best := near.Names(kebab(key), append(names, "collection", "reporter", "lint", "fence"), 1); len(best) > 0 {
		return "did you mean " + best[0] + "?"
	}
	return "the keys are the options of posthaste run"
}

// setOption sets one flag from a file. Keys are newman's library names in camel case, or the flags' own.
func setOption(flags *pflag.FlagSet, key string, value any) error {
	name := flagName(key)
	switch v := value.(type) {
	case nil:
		if key == "fence" {
			return errNoHost
		}
		return nil
	case []any:
		if key == "fence" && len(v) == 0 {
			return errNoHost
		}
		return setList(flags, name, v)
	case map[string]any:
		return setPairs(flags, name, v)
	case bool:
		return setSwitch(flags, name, v != (key == "insecureFileRead"))
	case float64:
		return setText(flags, name, strings.TrimSuffix(fmt.Sprintf("%f", v), ".000000"))
	}
	return setText(flags, name, fmt.Sprint(value))
}

// setText sets a flag. The error says what is wrong with the value, without the flag's name.
func setText(flags *pflag.FlagSet, name, text string) error {
	err := flags.Set(name, text)
	if bad := (*pflag.InvalidValueError)(nil); errors.As(err, &bad) {
		return fmt.Errorf("%q: %w", text, reason(bad))
	}
	return err
}

// errNoHost refuses a fence without a host, which might be meant to allow none or all.
var errNoHost = errors.New("it names no host")

// setSwitch sets a boolean; false leaves an option with an optional value alone.
func setSwitch(flags *pflag.FlagSet, name string, on bool) error {
	f := flags.Lookup(name)
	switch {
	case f.Value.Type() == "bool":
		return flags.Set(name, fmt.Sprint(on))
	case on && f.NoOptDefVal != "":
		return flags.Set(name, f.NoOptDefVal)
	case on, f.NoOptDefVal == "":
		return errors.New("it takes a value, not true or false")
	}
	return nil
}

// setList sets an option that may be repeated, or joins the words of one that may not.
func setList(flags *pflag.FlagSet, name string, list []any) error {
	var words []string
	for _, v := range list {
		pair, isMap := v.(map[string]any)
		switch _, isList := v.([]any); {
		case isMap && pair["key"] != nil: // newman's environment variables
			words = append(words, fmt.Sprintf("%v=%v", pair["key"], pair["value"]))
		case isMap, isList, v == nil:
			return errors.New("a list holds texts and numbers")
		default:
			words = append(words, fmt.Sprint(v))
		}
	}
	if flags.Lookup(name).Value.Type() == "bool" {
		return errors.New("it is true or false")
	}
	if flags.Lookup(name).Value.Type() != "stringArray" {
		return setText(flags, name, strings.Join(words, ","))
	}
	for _, word := range words {
		if err := setText(flags, name, word); err != nil {
			return err
		}
	}
	return nil
}

// setPairs sets an option that takes KEY=VALUE or FROM=TO, from a mapping.
func setPairs(flags *pflag.FlagSet, name string, pairs map[string]any) error {
	f := flags.Lookup(name)
	if value, _ := Usage(f); f.Value.Type() != "stringArray" || !strings.Contains(value, "=") {
		return errors.New("it takes text, a number, true, false or a list")
	}
	for _, key := range slices.Sorted(maps.Keys(pairs)) {
		switch pairs[key].(type) {
		case nil, []any, map[string]any:
			return fmt.Errorf("%s takes text or a number", key)
		}
		if err := setText(flags, name, fmt.Sprintf("%s=%v", key, pairs[key])); err != nil {
			return err
		}
	}
	return nil
}

// flagName is the flag that newman's library option stands for.
func flagName(key string) string {
	switch key {
	case "fence":
		return "allow-host"
	case "insecureFileRead":
		return "no-insecure-file-read"
	case "sslExtraCaCerts":
		return "ssl-extra-ca-certs"
	}
	return kebab(key)
}
