package event

import (
	"math"
	"slices"
)

// A Histogram holds a distribution in constant memory, so that percentiles can be told of any number of values.
// Values are told apart to about one per cent. The zero Histogram is empty.
type Histogram struct {
	counts map[int]int // by bucket: the rounded logarithm of the value
	n      int
}

// growth is the ratio of neighbouring buckets.
const growth = 1.01

// Add takes one value, which must not be negative.
func (h *Histogram) Add(v float64) {
	if h.counts == nil {
		h.counts = make(map[int]int)
	}
	h.counts[bucket(v)]++
	h.n++
}

func bucket(v float64) int {
	const smallest = 1e-3 // in milliseconds: a microsecond
	return int(math.Round(math.Log(max(v, smallest)) / math.Log(growth)))
}

// Percentile returns the value that p per cent of the values do not exceed, 0 of an empty Histogram.
func (h *Histogram) Percentile(p float64) float64 {
	if h.n == 0 {
		return 0
	}
	rank := max(1, int(math.Ceil(p/100*float64(h.n))))
	buckets := make([]int, 0, len(h.counts))
	for b := range h.counts {
		buckets = append(buckets, b)
	}
	slices.Sort(buckets)
	for _, b := range buckets {
		if rank -= h.counts[b]; rank <= 0 {
			return math.Pow(growth, float64(b))
		}
	}
	return 0
}
