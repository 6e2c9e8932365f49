package certificate

import (
	"strings"
	"testing"
)

func TestIterationsThatAreNoCount(t *testing.T) {
	for n, want := range map[int]string{1: "", 2048: "", 0: "0 iterations, fewer than one", -1: "-1 iterations, fewer than one", maxIterations + 1: "more than"} {
		err := checkIterations(n)
		if want == "" && err != nil || want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
			t.Errorf("%d: got %v, want %q", n, err, want)
		}
	}
}
