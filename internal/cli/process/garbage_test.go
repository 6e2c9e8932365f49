package process

import "testing"

func TestMuchGarbageMayGatherWhereACollectionCostsMuch(t *testing.T) {
	t.Parallel()
	const mb = 1 << 20
	for name, test := range map[string]struct {
		used, looked uint64
		want         int
	}{
		"nothing":                {0, 0, 250},
		"a small run":            {2 * mb, 1 * mb, 250},
		"a large run of objects": {100 * mb, 100 * mb, 250},
		"a small body":           {6 * mb, 1 * mb, 130},
		"large bodies":           {40 * mb, 1 * mb, 60},
		"both":                   {100 * mb, 60 * mb, 150},
	} {
		if got := percentOf(test.used, test.looked); got != test.want {
			t.Errorf("%s: %d per cent, want %d", name, got, test.want)
		}
	}
}
