package script

import (
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"posthaste/internal/seed"
	"posthaste/internal/variable"
)

// A seededHost makes dynamic values from the same seed as the scripts.
type seededHost struct {
	*recorder
	dynamic *variable.Dynamic
}

func (h *seededHost) Expand(text string, _ ...Scope) (string, error) {
	return (&variable.Stack{Dynamic: h.dynamic}).Expand(text)
}

const drawing = `
	const { v4 } = require('uuid'), cj = require('crypto-js');
	console.log(Math.random(), Math.random(), v4(), crypto.randomUUID());
	console.log(crypto.getRandomValues(new Uint8Array(8)).join(), cj.lib.WordArray.random(16).toString());
	console.log(cj.AES.encrypt('text', 'key').toString());
	console.log(new Date().toISOString(), Date.now(), new Date(2026, 0).getTime() > 0, new Event('x').timeStamp);
	console.log(pm.variables.replaceIn('{{$guid}} {{$randomInt}} {{$timestamp}} {{$isoTimestamp}} {{$randomFullName}} {{$randomUUID}}'));
	console.log(new (require('postman-collection').Item)({name: 'x'}).id, [1, 2, 3, 4, 5].randomize().join());
	console.log(require('lodash').shuffle === undefined || typeof require('lodash').shuffle);
`

func drawn(t *testing.T, n int64) string {
	t.Helper()
	now := seed.Clock(time.Date(2026, 1, 31, 12, 0, 0, 0, time.UTC))
	s := newStage(t, Options{Rand: seed.Reader(n, "scripts"), Now: now})
	host := &seededHost{s.recorder, variable.NewDynamic(now, seed.Reader(n, "variables"))}
	for range 2 {
		call := s.call
		call.Source = drawing
		if r := s.box.Run(t.Context(), host, &call); r.Error != nil {
			t.Fatal(r.Error)
		}
	}
	return strings.Join(s.said(), "\n")
}

func TestASeedRepeatsARun(t *testing.T) {
	first, again, other := drawn(t, 42), drawn(t, 42), drawn(t, 43)
	if first != again {
		t.Errorf("the same seed and clock give\n%s\nand\n%s", first, again)
	}
	if first == other {
		t.Error("another seed gives the same values")
	}
	if !strings.Contains(first, "2026-01-31T12:00:00.000Z 1769860800000") {
		t.Errorf("the clock does not show the time that was given:\n%s", first)
	}
	halves := strings.SplitN(first, "\n", 2)
	if strings.Contains(halves[1], halves[0]) {
		t.Error("the second script draws what the first drew")
	}
}

func TestRandomnessThatFailsEndsNothing(t *testing.T) {
	s := newStage(t, Options{Rand: iotest.ErrReader(errNotFound{})})
	s.run("console.log(typeof Math.random()); try { crypto.randomUUID() } catch (e) { console.log('caught') }")
	wantLines(t, "console", s.said(), "number|caught")
}
