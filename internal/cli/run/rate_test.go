package run

import (
	"context"
	"sync"
	"testing"
	"time"
)

func TestARateIsThatOfAllUnitsTogether(t *testing.T) {
	now := time.Date(2026, 11, 22, 8, 0, 0, 0, time.UTC)
	limit, err := parseRate("20/s", func() time.Time { return now })
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel() // nobody really waits
	var units sync.WaitGroup
	for range 8 {
		units.Go(func() {
			for range 5 {
				limit.wait(ctx)
			}
		})
	}
	units.Wait()
	if got, want := limit.next.Sub(now), 40*50*time.Millisecond; got != want {
		t.Errorf("after 40 requests of 8 units the next goes out after %v, want %v", got, want)
	}
}
