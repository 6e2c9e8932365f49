package process

import (
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
)

// Where Go's collector of garbage begins, unless the environment says it. A run makes much short-lived garbage and holds
// little: collecting less often saves a fifth of its time for 6 MB. Where more is in use, the limit makes the collector
// work harder instead.
const (
	garbagePercent = 250
	garbageLimit   = 512 << 20
)

// Large bodies are much memory and no work for the collector, which does not look into them. While they are most of what is
// in use, less garbage may gather: bodiesPercent of what is in use, but no less than leastGarbage.
const (
	bodiesPercent = 60
	leastGarbage  = 8 << 20
	percentStep   = 10 // each change stops the program for a moment
)

// TuneGarbage sets how often garbage is collected in this process, as GOGC and GOMEMLIMIT say, else for runs. It is
// called once, when the process begins.
func TuneGarbage() {
	if os.Getenv("GOGC") != "" {
		return
	}
	debug.SetGCPercent(garbagePercent)
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(garbageLimit)
	}
	t := &garbageTuner{percent: garbagePercent}
	t.samples[0].Name, t.samples[1].Name = "/gc/heap/live:bytes", "/gc/scan/heap:bytes"
	runtime.SetFinalizer(t, (*garbageTuner).collected)
}

// A garbageTuner is garbage itself, so that it is called after each collection.
type garbageTuner struct {
	percent int
	samples [2]metrics.Sample // bytes in use, and those of them that the collector looks into
}

// collected sets what the next collection waits for.
func (t *garbageTuner) collected() {
	metrics.Read(t.samples[:])
	if used, looked := t.samples[0].Value, t.samples[1].Value; used.Kind() == metrics.KindUint64 && looked.Kind() == metrics.KindUint64 {
		if percent := percentOf(used.Uint64(), looked.Uint64()); percent != t.percent {
			t.percent = percent
			debug.SetGCPercent(percent)
		}
	}
	runtime.SetFinalizer(t, (*garbageTuner).collected)
}

// percentOf is how much garbage may gather, in per cent of the bytes in use. looked is how many of these the collector looks
// into: what a collection costs.
func percentOf(used, looked uint64) int {
	garbage := max(leastGarbage, used*bodiesPercent/100, looked*garbagePercent/100)
	percent := min(garbage*100/max(1, used), garbagePercent)
	return int(percent / percentStep * percentStep) //nolint:gosec // it is at most garbagePercent
}
