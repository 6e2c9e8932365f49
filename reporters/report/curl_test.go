package report

import (
	"os/exec"
	"testing"

	"posthaste/runner/event"
)

func TestCurlReproducesTheRequest(t *testing.T) {
	text := func(s string) event.Body { return event.Body{Data: []byte(s), Size: int64(len(s))} }
	tests := map[string]struct {
		give event.Request
		want string
	}{
		"a GET": {event.Request{Method: "GET", URL: "https://a.test/b"}, "curl https://a.test/b"},
		"a query and headers": {
			event.Request{Method: "GET", URL: "https://a.test/?a=1&b=2", Header: []event.Header{{Key: "Host", Value: "a.test"}, {Key: "X-It's", Value: "a b"}, {Key: "Accept-Encoding", Value: "gzip, br"}}},
			`curl 'https://a.test/?a=1&b=2'` + " \\\n" + `  -H 'X-It'\''s: a b'` + " \\\n  --compressed",
		},
		"a body":             {event.Request{Method: "POST", URL: "u", Body: text(`{"a":1}`)}, "curl -X POST u \\\n  --data-raw '{\"a\":1}'"},
		"a body of lines":    {event.Request{Method: "PUT", URL: "u", Body: text("a'\\\n\tb")}, "curl -X PUT u \\\n  --data-raw $'a\\'\\\\\\n\\tb'"},
		"a body that is cut": {event.Request{Method: "POST", URL: "u", Body: event.Body{Data: []byte("a"), Size: 2000, Cut: true}}, "curl -X POST u \\\n  --data-binary @body # the body had 2kB"},
		"a body that was masked": {
			event.Request{Method: "POST", URL: "u", Body: event.Body{Data: []byte("key=******"), Size: 2000}},
			"curl -X POST u \\\n  --data-raw 'key=******'",
		},
		"a body of bytes": {event.Request{Method: "POST", URL: "u", Body: text("\xff")}, "curl -X POST u \\\n  --data-binary @body # the body had 1B"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := curlText(test.give); got != test.want {
				t.Errorf("curlText gives\n%s\nwant\n%s", got, test.want)
			}
		})
	}
}

func TestShellsReadWhatWasQuoted(t *testing.T) {
	bash, err := exec.LookPath("bash")
	if err != nil {
		t.Skip("skipped: there is no bash")
	}
	for _, want := range []string{"", "plain", "a b", `it's "so"`, "$HOME `id` \\", "two\nlines\twith 'all' \\n \x01", "bærekraftig", "*"} {
		got, err := exec.Command(bash, "-c", "printf %s "+shellText(want)).Output()
		if err != nil || string(got) != want {
			t.Errorf("bash reads %s as %q, %v, want %q", shellText(want), got, err, want)
		}
	}
}
