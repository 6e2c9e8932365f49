package option

import (
	"testing"
)

func TestASizeIsANumberAndAUnit(t *testing.T) {
	for give, want := range map[string]ByteSize{
		"500": 500, "500B": 500, "20k": 20_000, "20kB": 20_000, "1.5MB": 1_500_000, "300 MB": 300_000_000, "2g": 2_000_000_000,
		"": 0, "0": 0, "-1": 0, "MB": 0, "1XB": 0, "1TB": 0, "1 2": 0, "1e30": 0, "NaN": 0,
	} {
		var b ByteSize
		if err := b.Set(give); b != want || (err == nil) != (want > 0) {
			t.Errorf("%q is %d, %v, want %d", give, b, err, want)
		}
	}
}
