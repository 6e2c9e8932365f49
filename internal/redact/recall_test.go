package redact_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"

	"posthaste/internal/redact"
	"posthaste/internal/secret/secrettest"
)

// What a Set remembers of texts changes nothing: it masks as one that looks at each text again, while secrets become known
// and are forgotten but for their fingerprints.
func TestWhatIsRememberedIsMaskedAsIfItWereNew(t *testing.T) {
	t.Parallel()
	rounds := 60_000
	if testing.Short() {
		rounds /= 10
	}
	r := rand.New(rand.NewPCG(9, 10))
	var set redact.Set
	redact.LimitForTest(&set, 4_000, 1000)
	values, encoders := secrettest.Values(), secrettest.Encoders()
	for i := range 40 {
		values = append(values, token(i)[21:120], fmt.Sprintf("order-%08d", i))
	}
	var texts []string
	for range 300 {
		value := values[r.IntN(len(values))]
		e := encoders[r.IntN(len(encoders))]
		if r.IntN(2) == 0 && e.Takes(value) {
			value = e.To(r, value)
		}
		texts = append(texts, "see "+value+" end", value)
	}
	masked := 0
	for range rounds {
		text := texts[r.IntN(len(texts))]
		got, want := set.Text(text), redact.Plain(&set, text)
		if got != want {
			t.Fatalf("Text(%q) = %q, looked at again %q", text, got, want)
		}
		if got != text {
			masked++
		}
		if r.IntN(100) == 0 {
			set.Add("met", values[r.IntN(len(values))])
		}
	}
	if masked < rounds/10 {
		t.Errorf("%d of %d texts were masked: too few to say anything", masked, rounds)
	}
}

// A secret that has become known is masked in the next text, whoever looks at it.
func TestASecretIsMaskedOnceItIsKnownAmongManyWhoLook(t *testing.T) {
	t.Parallel()
	const secrets, lookers = 300, 8
	var set redact.Set
	var wait sync.WaitGroup
	text := func(i int) string { return "bearer " + token(i)[21:60] + strings.Repeat("x", i%7) }
	for l := range lookers {
		wait.Go(func() {
			for i := range secrets {
				set.Text(text((i*7 + l) % secrets))
			}
		})
	}
	wait.Go(func() {
		for i := range secrets {
			set.Add("token", token(i)[21:60])
			if got := set.Text(text(i)); !strings.Contains(got, redact.Mask) {
				t.Errorf("token %d is shown after it has become known: %q", i, got)
			}
		}
	})
	wait.Wait()
}
