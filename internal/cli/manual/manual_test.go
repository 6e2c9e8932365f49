package manual

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const page = "# A page\n\nA paragraph that\ngoes on with `code`.\n\n    first line\n      second line\n\n- one\n- two\n  goes on\n\n## Behind\n\n.start of a line\n"

func TestAPageAsText(t *testing.T) {
	want := "A PAGE\n\nA paragraph that\ngoes on with code.\n\n    first line\n      second line\n\n  - one\n  - two goes on\n\nBEHIND\n\n.start of a line\n"
	if diff := cmp.Diff(want, Text(page, 20)); diff != "" {
		t.Error(diff)
	}
}

// What roff would take for its own is escaped: dots and quotes at the beginning of a line, backslashes, hyphens.
func TestAPageAsMan(t *testing.T) {
	got := ManTopic("x-y", page+"\n    .TH \\n 'quoted'\n", "v1")
	for _, want := range []string{
		".TH \"POSTHASTE-X-Y\" \"7\"", "A paragraph that goes on with \\fBcode\\fR.", ".nf\nfirst line\n  second line\n.fi",
		".IP \\(bu 2\ntwo goes on\n", ".SH BEHIND\n", "\\&.start of a line\n", "\\&.TH \\en \\(aqquoted\\(aq\n",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not in\n%s", want, got)
		}
	}
}

// Every topic has a title and an example that is a command of ours.
func TestTopics(t *testing.T) {
	if len(Topics()) < 6 {
		t.Errorf("the topics are %q", Topics())
	}
	for _, name := range Topics() {
		markdown, ok := Topic(name)
		if !ok || Title(markdown) == "" || !strings.Contains(markdown, "\n    posthaste ") {
			t.Errorf("%s: its title is %q, or no command is in it", name, Title(markdown))
		}
	}
	if _, ok := Topic("../topics/secrets"); ok {
		t.Error("a path is no topic")
	}
}
