package naming_test

import (
	"os"
	"strings"
	"testing"

	"posthaste/internal/secret/naming"
)

// real reads the table of names.
func real(tb testing.TB) map[string]naming.Class {
	tb.Helper()
	data, err := os.ReadFile("testdata/names.txt")
	if err != nil {
		tb.Fatal(err)
	}
	classes := map[string]naming.Class{"secret": naming.Secret, "parameter": naming.Parameter, "innocent": naming.Innocent}
	names := map[string]naming.Class{}
	class, ok := naming.Innocent, false
	for line := range strings.Lines(string(data)) {
		trimmed := strings.TrimSpace(line)
		if trimmed == "" || trimmed[0] == '#' {
			continue
		}
		if line[0] != ' ' {
			if class, ok = classes[trimmed]; !ok {
				tb.Fatalf("there is no class %q", trimmed)
			}
			continue
		}
		for name := range strings.FieldsSeq(trimmed) {
			if before, twice := names[name]; twice && before != class {
				tb.Fatalf("%s stands in the table as two classes", name)
			}
			names[name] = class
		}
	}
	return names
}

func TestRealNamesAreJudgedRightly(t *testing.T) {
	t.Parallel()
	names := real(t)
	if len(names) < 400 {
		t.Errorf("the table has %d names", len(names))
	}
	for name, want := range names {
		if got := naming.Judge(name); got != want {
			t.Errorf("Judge(%q) = %v, want %v", name, got, want)
		}
		if got := naming.Names(name); got != (want == naming.Secret) {
			t.Errorf("Names(%q) = %v: its hint is missing", name, got)
		}
		if got := naming.NamesParameter(name); got != (want >= naming.Parameter) {
			t.Errorf("NamesParameter(%q) = %v", name, got)
		}
	}
}

// The same words mean the same in any casing and joining.
func TestJoiningAndCasingDoNotMatter(t *testing.T) {
	t.Parallel()
	joined := map[string]func([]string) string{
		"snake":       func(w []string) string { return strings.Join(w, "_") },
		"kebab":       func(w []string) string { return strings.Join(w, "-") },
		"dots":        func(w []string) string { return strings.Join(w, ".") },
		"blanks":      func(w []string) string { return strings.Join(w, " ") },
		"upper":       func(w []string) string { return strings.ToUpper(strings.Join(w, "_")) },
		"camel":       func(w []string) string { return w[0] + title(w[1:]) },
		"Pascal":      title,
		"with an X":   func(w []string) string { return "X-" + strings.Join(w, "-") },
		"in brackets": func(w []string) string { return "user[" + strings.Join(w, "_") + "]" },
		"together":    func(w []string) string { return strings.Join(w, "") },
	}
	for phrase, want := range map[string]naming.Class{
		"client secret": naming.Secret, "access token": naming.Secret, "api key": naming.Secret, "subscription key": naming.Secret,
		"user password": naming.Secret, "refresh token": naming.Secret, "private key": naming.Secret, "session id": naming.Secret,
		"token url": naming.Innocent, "token type": naming.Innocent, "password policy": naming.Innocent, "jwt error": naming.Innocent,
		"password expiry": naming.Innocent, "token endpoint": naming.Innocent, "client id": naming.Innocent, "order id": naming.Innocent,
	} {
		for how, join := range joined {
			if name := join(strings.Fields(phrase)); naming.Judge(name) != want {
				t.Errorf("Judge(%q) = %v, want %v (%s)", name, naming.Judge(name), want, how)
			}
		}
	}
}

func title(words []string) string {
	var b strings.Builder
	for _, w := range words {
		b.WriteString(strings.ToUpper(w[:1]) + w[1:])
	}
	return b.String()
}

func FuzzJudge(f *testing.F) {
	for name := range real(f) {
		f.Add(name)
	}
	f.Fuzz(func(t *testing.T, name string) {
		if len(name) < 100 && naming.Judge(name) != naming.Judge("_"+name+"-") {
			t.Errorf("what stands around %q decides", name)
		}
	})
}

func BenchmarkHints(b *testing.B) {
	text := strings.Repeat(`{"orderId":"acme-shop-123-order123abc","amount":20000,"description":"shipping of a company"},`, 40)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		naming.Hints(text)
	}
}
