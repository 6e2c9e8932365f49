package option

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/pflag"
	"go.yaml.in/yaml/v3"

	"posthaste/internal/cli/process"
	"posthaste/internal/near"
)

// A configFile is a file of options: newman's .newmanrc in its three places, and posthaste.yaml.
type configFile struct {
	path string
	yaml bool // ours: keys that no option has are errors
}

// ReadConfig applies the configuration files to the flags that the command line left alone. The later file
// wins over the earlier; unlike with newman, every option can be set (newman: lib/config/rc-file.js).
// It returns the collection that posthaste.yaml names, "" when it names none.
func ReadConfig(p *process.Process, flags *pflag.FlagSet, reporters *[][2]string) (collection string, err error) {
	given := map[string]bool{}
	flags.Visit(func(f *pflag.Flag) { given[f.Name] = true })
	var fromFiles [][2]string
	for _, file := range configFiles(p) {
		options, err := file.read()
		if err != nil {
			return "", err
		}
		for _, key := range slices.Sorted(maps.Keys(options)) {
			value := options[key]
			switch {
			case key == "reporter":
				fromFiles = append(fromFiles, configReporters(value)...)
			case key == "collection" && file.yaml:
				collection = fmt.Sprint(value)
			case key == "lint" && file.yaml: // what posthaste lint leaves out
			case file.yaml && flags.Lookup(flagName(key)) == nil:
				return "", process.Usage(optionHint(flags, key), "reading %s: there is no option %q", file.path, key)
			default:
				if err := setOption(flags, given, key, value); err != nil {
					return "", process.Usage("", "reading %s: %s: %w", file.path, key, err)
				}
			}
		}
	}
	*reporters = append(fromFiles, *reporters...)
	return collection, nil
}

func optionHint(flags *pflag.FlagSet, key string) string {
	var names []string
	flags.VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
	if best := near.Names(kebab(key), names, 1); len(best) > 0 {
		return "did you mean " + best[0] + "?"
	}
	return "the keys are the options of posthaste run"
}

// read returns the options of a file, none when it does not exist.
func (f configFile) read() (map[string]any, error) {
	data, err := os.ReadFile(f.path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	var options map[string]any
	hint := "it is a JSON object of newman's options"
	switch {
	case err == nil && f.yaml:
		hint = "it is a YAML mapping of options, such as environment: staging.json"
		err = yaml.Unmarshal(data, &options)
	case err == nil:
		err = json.Unmarshal(data, &options)
	}
	if err != nil {
		return nil, process.Usage(hint, "reading %s: %w", f.path, err)
	}
	if run, ok := options["run"].(map[string]any); ok {
		options = run // newman: a key named like the command holds the command's options
	}
	return options, nil
}

// configFiles lists the files of options, the weakest first: newman's places in newman's order, then our own.
func configFiles(p *process.Process) []configFile {
	home := p.Getenv("HOME")
	if home == "" {
		home = p.Getenv("USERPROFILE")
	}
	var files []configFile
	if filepath.Separator == '/' {
		files = append(files, configFile{path: "/etc/postman/newmanrc"})
	}
	if home != "" {
		files = append(files, configFile{path: filepath.Join(home, ".postman", "newmanrc")})
	}
	return append(files, configFile{path: filepath.Join(p.Dir, ".newmanrc")},
		configFile{path: filepath.Join(p.Dir, "posthaste.yaml"), yaml: true})
}

// configReporters reads {"reporter": {"junit": {"export": "out.xml"}}}.
func configReporters(value any) [][2]string {
	var list [][2]string
	byName, _ := value.(map[string]any)
	for name, options := range byName {
		if set, ok := options.(map[string]any); ok {
			for key, v := range set {
				list = append(list, [2]string{name + "-" + kebab(key), fmt.Sprint(v)})
			}
		}
	}
	return list
}

// setOption sets one flag from a file. Keys are newman's library names in camel case, or the flags' own.
func setOption(flags *pflag.FlagSet, given map[string]bool, key string, value any) error {
	name := flagName(key)
	if given[name] {
		return nil
	}
	if flags.Lookup(name) == nil {
		return nil // newman ignores what it does not know
	}
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
		return errors.New("it takes text, a number, true, false or a list")
	case bool:
		return setSwitch(flags, name, v != (key == "insecureFileRead"))
	case float64:
		return flags.Set(name, strings.TrimSuffix(fmt.Sprintf("%f", v), ".000000"))
	default:
		return flags.Set(name, fmt.Sprint(v))
	}
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
	case on:
		return errors.New("it takes a value")
	}
	return nil
}

// setList sets an option that may be repeated, or joins the words of one that may not.
func setList(flags *pflag.FlagSet, name string, list []any) error {
	var words []string
	for _, v := range list {
		if pair, ok := v.(map[string]any); ok {
			words = append(words, fmt.Sprintf("%v=%v", pair["key"], pair["value"]))
			continue
		}
		words = append(words, fmt.Sprint(v))
	}
	if flags.Lookup(name).Value.Type() != "stringArray" {
		return flags.Set(name, strings.Join(words, ","))
	}
	for _, word := range words {
		if err := flags.Set(name, word); err != nil {
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
