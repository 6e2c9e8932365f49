package event

import (
	"math"
	"testing"
)

func TestPercentile(t *testing.T) {
	var h Histogram
	if got := h.Percentile(50); got != 0 {
		t.Errorf("of nothing: %v", got)
	}
	for i := range 1000 {
		h.Add(float64(i + 1))
	}
	for p, want := range map[float64]float64{0: 1, 50: 500, 95: 950, 99: 990, 100: 1000} {
		if got := h.Percentile(p); math.Abs(got-want) > want/90 {
			t.Errorf("Percentile(%v) = %v, want about %v", p, got, want)
		}
	}
}
