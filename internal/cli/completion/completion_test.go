package completion

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/spf13/pflag"

	"posthaste/internal/cli/option"
)

func someSources() *Sources {
	flags := func() *pflag.FlagSet {
		s := pflag.NewFlagSet("run", pflag.ContinueOnError)
		var text string
		var list []string
		s.StringVarP(&text, "environment", "e", "", "`FILE|URL` environment")
		option.Reports(s, &text, &list)
		s.StringVar(&text, "bail", "", "`folder|failure` stop")
		s.Lookup("bail").NoOptDefVal = "failure"
		s.StringVar(&text, "packages", "", "`DIR` packages")
		s.StringSlice("retry-on", nil, "`network|429` what")
		option.List(s, &list, "folder", "`NAME` folder")
		option.List(s, &list, "tag", "`TAG` tag")
		option.List(s, &list, "env-var", "`KEY=VALUE` variable")
		s.Bool("silent", false, "nothing")
		return s
	}
	return &Sources{
		Commands: []Command{{Name: "run", Flags: flags}, {Name: "simulate", Flags: flags, Words: []string{"vipps"}}},
		Topics:   []Candidate{{Text: "secrets"}}, Reporters: []Candidate{{Text: "cli"}, {Text: "junit"}}, Options: map[string][]string{"junit": {"layout"}},
		Requests: func(collection string) Names {
			if collection != "c.json" {
				return Names{}
			}
			return Names{Folders: []string{"A", "B\nC"}, Requests: []string{"A1"}, Tags: []string{"smoke"}}
		},
		Variables: func(_, environment string) []string { return []string{"in-" + environment} },
	}
}

func TestWhatMayFollow(t *testing.T) {
	tests := map[string]struct{ words, want string }{
		"commands":                               {"", "help run simulate +none"},
		"a command that is begun":                {"ru", "run +none"},
		"topics and commands":                    {"help|s", "secrets simulate +none"},
		"a file":                                 {"run|", "+files"},
		"an argument that is a word":             {"simulate|", "vipps +none"},
		"options":                                {"run|--s", "--silent +none"},
		"files of an option":                     {"run|-e|", "+files"},
		"directories":                            {"run|--packages|", "+dirs"},
		"the value behind an equals sign":        {"run|--bail=fo", "--bail=folder +none"},
		"words of an optional value":             {"run|--bail|f", "folder failure +none"},
		"an option behind an optional value":     {"run|--bail|--sil", "+none"},
		"what bail leaves alone is a collection": {"run|--bail|c.json|--folder|", "A A1 +none"},
		"words between commas":                   {"run|--retry-on|429,", "429,network +none"},
		"reporters":                              {"run|-r|cli,", "cli,junit +none"},
		"reports":                                {"run|-o|", "cli= junit= +none"},
		"the file of a report":                   {"run|-o|junit=r", "+files"},
		"options of reporters":                   {"run|--reporter-junit-", "--reporter-junit-export --reporter-junit-layout +none"},
		"the value of an option of a reporter":   {"run|--reporter-junit-export|", "+files"},
		"a folder, without those over two lines": {"run|c.json|--folder|", "A A1 +none"},
		"of another collection":                  {"run|d.json|--folder|", "+none"},
		"a tag and what lacks it":                {"run|c.json|--tag|", "smoke !smoke +none"},
		"a tag behind an equals sign":            {"run|c.json|--tag=!", "--tag=!smoke +none"},
		"a variable of the environment":          {"run|--environment=e.json|--env-var|", "in-e.json= +none"},
		"the value of a variable":                {"run|--env-var|a=", "+none"},
		"behind two dashes there are files":      {"run|--|-", "+files"},
		"a command that does not exist":          {"fly|", "+files"},
		"an option that does not exist":          {"run|--fly|", "+files"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			answer := someSources().Complete(strings.Split(test.words, "|"))
			var got []string
			for _, c := range answer.List {
				got = append(got, c.Text)
			}
			if diff := cmp.Diff(test.want, strings.TrimSpace(strings.Join(got, " ")+" +"+answer.Else)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestALineOfBashIsSplit(t *testing.T) {
	tests := map[string]struct {
		line  string
		words string
		quote rune
	}{
		"a word":                     {"posthaste ru", "ru", 0},
		"behind a blank":             {"posthaste run ", "run|", 0},
		"quotes":                     {`posthaste run 'a b' "c d"`, "run|a b|c d", 0},
		"an open quote":              {`posthaste run --folder "My F`, "run|--folder|My F", '"'},
		"an open single quote":       {`posthaste run --folder 'My F`, "run|--folder|My F", '\''},
		"a backslash":                {`posthaste run My\ F`, "run|My F", 0},
		"a backslash in quotes":      {`posthaste "\a\"b`, `\a"b`, '"'},
		"variables before the name":  {"A=1 B=2 ./posthaste run ", "run|", 0},
		"an empty word":              {"posthaste run '' ", "run||", 0},
		"the name alone":             {"posthaste", "posthaste", 0},
		"nothing at all":             {"", "", 0},
		"letters of other alphabets": {"posthaste run --folder Bø", "run|--folder|Bø", 0},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			words, quote := Split(test.line)
			if got := strings.Join(words, "|"); got != test.words || quote != test.quote {
				t.Errorf("Split(%q) = %q, %q, want %q, %q", test.line, got, quote, test.words, test.quote)
			}
		})
	}
}

// FuzzBashCandidate: whatever a name is made of, bash reads back what was offered, and executes nothing.
func FuzzBashCandidate(f *testing.F) {
	f.Add("My Folder")
	f.Add("Pay $(touch x) & \"go\" 'now' `id` \\ !!")
	f.Fuzz(func(t *testing.T, name string) {
		if strings.ContainsAny(name, "\n\r\x00=:") || !utf8.ValidString(name) { // names in JSON are UTF-8
			return
		}
		for _, quote := range []rune{0, '\'', '"'} {
			line := "posthaste "
			if quote != 0 {
				line += string(quote)
			}
			line += Bash(name, "", quote)
			if quote != 0 {
				line += string(quote)
			}
			words, open := Split(line)
			if got := words[len(words)-1]; got != name || open != 0 {
				t.Errorf("%q in %q is read as %q, quote %q", name, quote, got, open)
			}
		}
	})
}

// The script of PowerShell is not executed anywhere: its brackets and quotes are counted, at least.
func TestBracketsOfPowerShell(t *testing.T) {
	script, ok := Script("powershell")
	if !ok {
		t.Fatal("there is no script")
	}
	var open []rune
	pairs := map[rune]rune{')': '(', ']': '[', '}': '{'}
	for n, line := range strings.Split(script, "\n") {
		quote := rune(0)
		for _, c := range line {
			switch {
			case quote == 0 && c == '#':
				quote = '#'
			case quote != 0 && c == quote:
				quote = 0
			case quote != 0:
			case c == '\'' || c == '"':
				quote = c
			case strings.ContainsRune("([{", c):
				open = append(open, c)
			case pairs[c] != 0:
				if len(open) == 0 || open[len(open)-1] != pairs[c] {
					t.Fatalf("line %d: %q closes nothing", n+1, c)
				}
				open = open[:len(open)-1]
			}
		}
		if quote == '\'' || quote == '"' {
			t.Errorf("line %d: a quote is never closed: %s", n+1, line)
		}
	}
	if len(open) > 0 {
		t.Errorf("%q is never closed", open)
	}
}
