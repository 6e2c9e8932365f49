package redact_test

import (
	"bytes"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"

	"posthaste/internal/redact"
	"posthaste/internal/secret/secrettest"
)

func token(i int) string {
	return fmt.Sprintf("eyJhbGciOiJIUzI1NiJ9.%012d%s.%s%d", i, "QUJDREVG", strings.Repeat("c2ln", 60), i)
}

// What was met once is masked for as long as the run goes on, and what was declared in every form.
func TestNoSecretOfALongRunIsForgotten(t *testing.T) {
	t.Parallel()
	const tokens = 30_000 // some 12 MB, which is more than a Set keeps in full
	var set redact.Set
	set.Pin("client_secret", secret)
	for i := range tokens {
		set.Add("access_token", token(i))
	}
	for _, i := range []int{0, 1, 77, tokens / 2, tokens - 1} {
		for _, text := range []string{token(i), "Bearer " + token(i) + "\n", `{"a":"` + token(i) + `"}`, fmt.Sprintf("%x", token(i))} {
			if got := set.Mask(text); strings.Contains(got, token(i)[21:]) || !strings.Contains(got, redact.Mask) {
				t.Errorf("token %d is shown: %.80q", i, got)
			}
		}
	}
	for _, e := range secrettest.Encoders() {
		if text := e.To(secrettest.Random(1), secret); set.Mask(text) == text {
			t.Errorf("the declared secret as %s is shown: %q", e.Name, text)
		}
	}
	known := 0
	for range set.Known() {
		known++
	}
	if known > tokens*3/4 {
		t.Errorf("%d of %d tokens are kept in full", known, tokens)
	}
	for _, text := range []string{token(tokens)[21:], "merchant-serial-number", "fb492b5e-7907-4d83-ba20-c7fb60ca35de"} {
		if got := set.Mask(text); got != text {
			t.Errorf("Mask(%q) = %q", text, got)
		}
	}
}

func TestAMetSecretThatStaysInUseIsKeptInFull(t *testing.T) {
	t.Parallel()
	var set redact.Set
	for i := range 20_000 {
		set.Add("access_token", token(i))
		set.Add("refresh_token", "short in use")
		if i%1000 == 999 && set.Mask("it is short in use.") != "it is ******." {
			t.Fatalf("after %d tokens the one in use is forgotten", i)
		}
	}
}

func TestFingerprintsGoToAFileWhenThereAreMany(t *testing.T) {
	t.Parallel()
	var set redact.Set
	redact.LimitForTest(&set, 10_000, 2_000)
	files := 0
	set.Keep(func() (redact.File, error) {
		files++
		return os.CreateTemp(t.TempDir(), "prints")
	})
	const tokens = 12_000
	for i := range tokens {
		set.Add("access_token", token(i))
	}
	if files < 3 {
		t.Errorf("%d files were made", files)
	}
	for i := range tokens {
		if got := set.Mask("see " + token(i)); strings.Contains(got, token(i)[21:]) {
			t.Fatalf("token %d is shown: %q", i, got)
		}
		if got := set.Mask(token(tokens + i)); got != token(tokens+i) && !strings.Contains(got, fmt.Sprint(tokens+i)) {
			t.Fatalf("what is no token is masked: %q", got)
		}
	}
}

func TestTellTellsOfEachSecretOnce(t *testing.T) {
	var set redact.Set
	set.Pin("a", "known before")
	var told []string
	set.Tell(func(name, value string) { told = append(told, name+"="+value) })
	set.Add("b", "met later")
	set.Add("b", "met later")
	set.Pin("c", "1234")
	if got := strings.Join(told, " "); got != "a=known before b=met later c=1234" {
		t.Errorf("told %s", got)
	}
}

func TestASetMayBeUsedFromManySides(t *testing.T) {
	t.Parallel()
	var set redact.Set
	var all sync.WaitGroup
	for side := range 4 {
		all.Go(func() {
			for i := range 300 {
				value := fmt.Sprintf("secret of %d number %d", side, i)
				set.Add("token", value)
				if got := set.Mask("a " + value); got != "a ******" {
					t.Errorf("Mask = %q", got)
				}
			}
		})
	}
	all.Wait()
}

func TestWriterMasksAcrossWrites(t *testing.T) {
	t.Parallel()
	filler := strings.Repeat("no secret here. ", 10_000)
	for _, size := range []int{1, 7, 1000, 64 << 10, 1 << 20} {
		var set redact.Set
		set.Pin("client_secret", secret)
		var out bytes.Buffer
		w := redact.NewWriter(&out, &set)
		text := "before " + secret + " " + filler + secret[:10] + " " + fmt.Sprintf("%x", secret) + filler[3:] + secret + filler + secret
		for rest := text; rest != ""; {
			n := min(size, len(rest))
			if _, err := w.Write([]byte(rest[:n])); err != nil {
				t.Fatal(err)
			}
			rest = rest[n:]
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		m := redact.Mask
		if want := "before " + m + " " + filler + secret[:10] + " " + m + filler[3:] + m + filler + m; out.String() != want {
			t.Errorf("in pieces of %d: %d bytes, want %d", size, out.Len(), len(want))
		}
	}
}

func BenchmarkMask(b *testing.B) {
	for name, text := range map[string]string{
		"JSON":          strings.Repeat(`{"orderId":"acme-shop-123-order123abc","amount":20000},`, 60),
		"JSON in JSON":  strings.Repeat(`{\"orderId\":\"acme-shop-123-order123abc\",\"amount\":20000},`, 60),
		"a header":      "application/json; charset=utf-8",
		"a URL":         "https://api.example.com/v1/orders/123?filter=a%20b&limit=10",
		"with a secret": `{"access_token":"0f14ebcab0ec4b29ae0cb90d91b4a84a","expires_in":3600}`,
	} {
		b.Run(name, func(b *testing.B) {
			var set redact.Set
			for _, v := range []string{"fb492b5e-7907-4d83-ba20-c7fb60ca35de", "Y8Kteew6GE2ZmeycEt6egg==", "0f14ebcab0ec4b29ae0cb90d91b4a84a"} {
				set.Pin("secret", v)
			}
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				set.Mask(text)
			}
		})
	}
}

func BenchmarkAdd(b *testing.B) {
	var set redact.Set
	i := 0
	for b.Loop() {
		set.Add("token", token(i))
		i++
	}
}
