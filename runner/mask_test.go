package runner

import (
	"bytes"
	"testing"

	"posthaste/runner/event"
)

// A cut body that is a piece of the whole one keeps all of it in memory, for as long as a report holds the event.
func TestACutBodyDoesNotHoldTheWhole(t *testing.T) {
	whole := bytes.Repeat([]byte("x"), 1<<20)
	for name, m := range map[string]masker{
		"of a report":       {bodies: 10},
		"of a nested run":   {bodies: 10, later: true},
		"of a larger limit": {bodies: 100 << 10},
	} {
		got := m.Body(event.Body{Data: whole, Size: int64(len(whole))})
		if !got.Cut || len(got.Data) < m.bodies || !m.later && len(got.Data) > m.bodies {
			t.Errorf("%s: the body has %d bytes and cut is %t, want %d bytes of it", name, len(got.Data), got.Cut, m.bodies)
		}
		if &got.Data[0] == &whole[0] {
			t.Errorf("%s: the body is a piece of the whole", name)
		}
	}
}
