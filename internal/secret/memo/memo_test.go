package memo_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"posthaste/internal/secret/memo"
)

// Whatever is put and asked for: what comes back is what was put last under that name and text.
func TestAMemoNeverMixesTextsUp(t *testing.T) {
	t.Parallel()
	const rounds, texts = 200_000, 4_000
	r := rand.New(rand.NewPCG(1, 2))
	var m memo.Memo[int]
	put := map[[2]string]int{}
	hits := 0
	for i := range rounds {
		n := r.IntN(texts)
		key := [2]string{[]string{"", "a", "b"}[n%3], fmt.Sprint("text ", n/3)}
		if n%7 == 0 {
			key[0], key[1] = key[1], key[0]
		}
		value, ok := m.Get(key[0], key[1])
		if want, known := put[key]; ok && (!known || value != want) {
			t.Fatalf("Get(%q) = %d, want %d (%v)", key, value, want, known)
		}
		if ok {
			hits++
		}
		if r.IntN(3) > 0 {
			m.Put(key[0], key[1], i)
			put[key] = i
		}
	}
	if hits < rounds/20 {
		t.Errorf("%d of %d were remembered", hits, rounds)
	}
}

func TestWhatComesAgainAndAgainIsRememberedAmongManyThatComeOnce(t *testing.T) {
	t.Parallel()
	var m memo.Memo[int]
	found := 0
	for i := range 50_000 {
		m.Put("", fmt.Sprint("once ", i), i)
		if _, ok := m.Get("", "again"); ok {
			found++
			continue
		}
		m.Put("", "again", 1)
	}
	if found < 49_000 {
		t.Errorf("the text that came again was remembered %d times of 50000", found)
	}
}

func TestALongTextIsNotRemembered(t *testing.T) {
	t.Parallel()
	var m memo.Memo[int]
	for n, want := range map[int]bool{memo.Longest: true, memo.Longest + 1: false} {
		text := strings.Repeat("x", n)
		for range 3 {
			m.Put("", text, 1)
		}
		if _, ok := m.Get("", text); ok != want {
			t.Errorf("a text of %d bytes is remembered: %v", n, ok)
		}
	}
}
