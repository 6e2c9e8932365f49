package response

import (
	"testing"

	"posthaste/internal/charset"
)

func TestCharset(t *testing.T) {
	for in, want := range map[string]string{
		"text/html; charset=UTF-8": "utf8", "text/html;charset='latin1'": "latin1", "a/b": "",
		"x; CHARSET = windows-1252; y": "windows-1252", "x; charset": "", "x; encoding=big5": "big5",
	} {
		if got := charsetOf(in); got != want {
			t.Errorf("charsetOf(%q) is %q, want %q", in, got, want)
		}
	}
}

// FuzzTexts feeds the parsers that take what servers send.
func FuzzTexts(f *testing.F) {
	for _, seed := range []string{
		"attachment; filename*=utf-8''%e2%82.txt; filename=\"a\\\"", "text/html; charset=\"x", "fn({\"a\":1})", "{\"a\":\")}\"}",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(_ *testing.T, in string) {
		_, _ = fileName(in), stripCall(in)
		_ = charset.Decode([]byte(in), charsetOf(in))
	})
}
