package collection

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestMark(t *testing.T) {
	ran := func(script string) string { return map[string]string{"s1": "e1", "s2": "e2"}[script] }
	tests := map[string]struct{ give, want string }{
		"a script that ran names its execution last": {
			`{"id":"i","event":[{"listen":"test","script":{"id":"s1","exec":["a"]}}]}`,
			`{"id":"i","event":[{"listen":"test","script":{"id":"s1","exec":["a"],"_lastExecutionId":"e1"}}]}`,
		},
		"a script that did not run stays as it is": {
			`{"event":[{"script":{"id":"other","exec":[]}},{"listen":"test"}]}`,
			`{"event":[{"script":{"id":"other","exec":[]}},{"listen":"test"}]}`,
		},
		"scripts of folders and of what they hold are found": {
			`{"item":[{"item":[{"event":[{"script":{"id":"s2"}}]}],"event":[{"script":{"id":"s1"}}]}],"event":[]}`,
			`{"item":[{"item":[{"event":[{"script":{"id":"s2","_lastExecutionId":"e2"}}]}],"event":[{"script":{"id":"s1","_lastExecutionId":"e1"}}]}],"event":[]}`,
		},
		"what looks like an event elsewhere is left alone": {
			`{"request":{"body":{"raw":"{\"event\":[]}"},"event":[{"script":{"id":"s1"}}]}}`,
			`{"request":{"body":{"raw":"{\"event\":[]}"},"event":[{"script":{"id":"s1"}}]}}`,
		},
		"a text that is no object is returned": {`"masked"`, `"masked"`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, string(Mark([]byte(test.give), ran))); diff != "" {
				t.Errorf("Mark (-want +got):\n%s", diff)
			}
		})
	}
}
