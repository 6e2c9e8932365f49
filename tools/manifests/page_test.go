package manifests

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

const page = "../../docs/scale.md"

// blocks returns the fenced texts of the page that are marked as checked by kind, each with the line it begins at.
func blocks(t *testing.T, kind string) map[string]string {
	t.Helper()
	text, err := os.ReadFile(filepath.FromSlash(page))
	if err != nil {
		t.Fatal(err)
	}
	found, err := extract(string(text), kind)
	if err != nil {
		t.Fatal(err)
	}
	if len(found) == 0 {
		t.Fatalf("%s has no manifest that is marked as checked: %s", page, kind)
	}
	return found
}

func extract(text, kind string) (map[string]string, error) {
	found := map[string]string{}
	mark := "<!-- checked: " + kind + " -->"
	lines := strings.Split(text, "\n")
	for i := 0; i < len(lines); i++ {
		if lines[i] != mark {
			continue
		}
		if i++; i == len(lines) || lines[i] != "```yaml" {
			return nil, fmt.Errorf("line %d: no yaml follows the mark", i+1)
		}
		from := i + 1
		for i = from; i < len(lines) && lines[i] != "```"; i++ {
		}
		found[fmt.Sprintf("scale.md:%d", from+1)] = strings.Join(lines[from:i], "\n") + "\n"
	}
	return found, nil
}

func TestEveryYAMLOfThePageIsChecked(t *testing.T) {
	text, err := os.ReadFile(filepath.FromSlash(page))
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, kind := range []string{"github", "gitlab", "kubernetes", "testkube"} {
		n += len(blocks(t, kind))
	}
	if fences := strings.Count(string(text), "```yaml\n"); n != fences {
		t.Errorf("%d manifests are checked, the page has %d", n, fences)
	}
}

func TestEveryOptionOfThePageIsOneOfTheProgram(t *testing.T) {
	text, err := os.ReadFile(filepath.FromSlash(page))
	if err != nil {
		t.Fatal(err)
	}
	reference, err := os.ReadFile(filepath.FromSlash("../../docs/cli.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range unknownOptions(string(text), string(reference)) {
		t.Errorf("%s is on the page and not an option of the program", name)
	}
	if got := unknownOptions("posthaste run x --shrad 1/2", string(reference)); len(got) != 1 {
		t.Errorf("a wrong option was not noticed: %q", got)
	}
}

// unknownOptions are the options of posthaste commands in text that reference does not have. Those of other
// programs are recognised by their line.
func unknownOptions(text, reference string) []string {
	option := regexp.MustCompile(`(?:^|[\s'"\x60])--([a-z][a-z-]*)`)
	others := regexp.MustCompile(`git clone|kubectl|docker build|COPY --|RUN git`)
	reporter := regexp.MustCompile(`^reporter-(events|junit|html)-export$`)
	var unknown []string
	for line := range strings.SplitSeq(text, "\n") {
		if others.MatchString(line) {
			continue
		}
		for _, found := range option.FindAllStringSubmatch(line, -1) {
			name := found[1]
			if !reporter.MatchString(name) && !regexp.MustCompile(`--`+name+`\b`).MatchString(reference) {
				unknown = append(unknown, "--"+name)
			}
		}
	}
	return unknown
}
